// Counting down in mm:ss.
const two = (n) => String(n).padStart(2, "0");

export function countDown(element, seconds, then) {
  const end = performance.now() + seconds * 1000;
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    element.textContent = `${two(Math.floor(left / 60))}:${two(left % 60)}`;
    if (left) setTimeout(tick, 250);
    else then();
  };
  tick();
}
