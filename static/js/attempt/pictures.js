// Pictures of later questions, one after another once the page is there: the network may be gone when they are shown.

export function fetchPictures() {
  if (navigator.connection && navigator.connection.saveData) return;
  const waiting = [...document.querySelectorAll('.th-qfigure > img[loading="lazy"], .th-optpics img[loading="lazy"]')];
  const next = () => {
    const image = waiting.shift();
    if (!image) return;
    if (image.complete && image.naturalWidth) {
      next();
      return;
    }
    image.addEventListener("load", next, { once: true });
    image.addEventListener("error", next, { once: true });
    image.loading = "eager";
  };
  if (document.readyState === "complete") next();
  else addEventListener("load", next, { once: true });
}
