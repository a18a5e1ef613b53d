// The page that stands where there is no connection: back by itself when there is one, and a way to the running paper.

addEventListener("online", () => location.reload());

async function showPaper() {
  const cache = await caches.open("paper");
  const paper = (await cache.keys()).find((one) => new URL(one.url).pathname.startsWith("/attempts/"));
  if (!paper) return;
  const link = document.querySelector("[data-paper]");
  link.href = new URL(paper.url).pathname;
  link.hidden = false;
}

if ("caches" in window) showPaper().catch(() => {});
