// The page of a job: asks how far it is, and tells screen readers at every quarter.
const EVERY = 2000;
const panel = document.querySelector("[data-job]");
const part = (name) => panel.querySelector(`[data-job-${name}]`);
let told = 0;

function show(job) {
  for (const look of panel.querySelectorAll("[data-job-look]")) look.hidden = look.dataset.jobLook !== job.state;
  if (job.percent === null) part("bar").removeAttribute("value");
  else part("bar").value = job.percent;
  part("words").textContent = job.words;
  part("step").textContent = job.step;
  const quarter = Math.floor((job.percent ?? 0) / 25);
  if (quarter > told) part("told").textContent = job.words;
  told = Math.max(told, quarter);
}

async function ask() {
  if (document.visibilityState === "hidden") return;
  try {
    const reply = await fetch(panel.dataset.job, { headers: { Accept: "application/json" } });
    // Signed out, or no such job any more: the page itself says what to do.
    if (reply.redirected || reply.status === 403 || reply.status === 404) return location.reload();
    if (!reply.ok) throw new Error(String(reply.status));
    const job = await reply.json();
    // The outcome, or what went wrong, is on the page made by the server.
    if (job.over) return location.reload();
    show(job);
  } catch {
    part("words").textContent = panel.dataset.lost;
  }
}

if (panel) {
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}
