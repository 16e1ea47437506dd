// Streamlit sends a longer answer when its field is left, or at Ctrl and Enter. A browser that is
// closed half way does neither: so after each pause the field of a canvas gets Ctrl and Enter.
(() => {
  if (window.sentWhileTyping) return;
  window.sentWhileTyping = true;
  const waiting = new Map();
  const send = field => {
    clearTimeout(waiting.get(field));
    waiting.delete(field);
    field.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true })
    );
  };
  document.addEventListener("input", event => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || event.isComposing) return;
    if (!field.closest('[class*="st-key-canvas-"]')) return;
    clearTimeout(waiting.get(field));
    waiting.set(field, setTimeout(send, 400, field));
  });
  // The tab is closed, or a phone puts the browser away: what waits is sent at once.
  window.addEventListener("pagehide", () => [...waiting.keys()].forEach(send));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) [...waiting.keys()].forEach(send);
  });
})();
