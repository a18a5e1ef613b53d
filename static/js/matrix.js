// The matrix of a round: what is lacking and the sums, while numbers are typed. Without a script a button asks the
// server; the server has the last word, also about questions that fit several cells.

/** Keep the notes under the numbers, and the sums, in step with what is typed. */
export function enableMatrix() {
  const table = document.getElementById("matrix");
  if (table && table.dataset.enough) {
    table.addEventListener("input", () => renew(table));
  }
}

function renew(table) {
  const columns = [];
  for (const row of table.tBodies[0].rows) {
    let sum = 0;
    row.querySelectorAll("input[data-have]").forEach((input, at) => {
      const wanted = Math.max(0, Number.parseInt(input.value, 10) || 0);
      sum += wanted;
      columns[at] = (columns[at] || 0) + wanted;
      note(table, input, wanted);
    });
    row.lastElementChild.firstElementChild.textContent = sum;
  }
  const feet = table.tFoot.rows[0].querySelectorAll("td");
  columns.forEach((sum, at) => { feet[at].textContent = sum; });
  const total = columns.reduce((all, sum) => all + sum, 0);
  feet[feet.length - 1].textContent = table.dataset.sum.replace("{n}", total);
}

function note(table, input, wanted) {
  const have = Number(input.dataset.have);
  const missing = Math.max(0, wanted - have);
  const words = missing ? table.dataset.lacking : table.dataset.enough;
  input.closest("td").classList.toggle("bad", missing > 0);
  input.classList.toggle("is-invalid", missing > 0);
  input.toggleAttribute("aria-invalid", missing > 0);
  if (missing) { input.setAttribute("aria-invalid", "true"); }
  document.getElementById(`${input.name}-co`).textContent =
    words.replace("{missing}", missing).replace("{have}", have.toLocaleString("vi-VN"));
}
