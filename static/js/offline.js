// The page that stands where there is no connection: back by itself when there is one, and a way to the running paper.

// Who has tapped a link is on the way already: loading this page anew would call them back.
let isLeaving = false;
addEventListener("click", (event) => {
  isLeaving = isLeaving || event.target.closest("a[href]") !== null;
});
addEventListener("online", () => {
  if (!isLeaving) location.reload();
});

async function showPaper() {
  const cache = await caches.open("paper");
  const paper = (await cache.keys()).find((one) => new URL(one.url).pathname.startsWith("/attempts/"));
  if (!paper) return;
  const link = document.querySelector("[data-paper]");
  link.href = new URL(paper.url).pathname;
  link.hidden = false;
}

if ("caches" in window) showPaper().catch(() => {});
