// Streamlit sends a longer answer when its field is left, or at Ctrl and Enter, and a line after a
// pause. A browser that is closed half way does neither: so after each pause the field of a canvas
// gets Ctrl and Enter, and what is not sent yet waits in this browser, under the canvas and the
// question. It is there at the next opening of that canvas here, for two weeks, until it is saved.
(() => {
  if (window.sentWhileTyping) return;
  window.sentWhileTyping = true;
  const FIELDS = '[class*="st-key-canvas-"] :is(textarea, [data-testid="stTextInput"] input)';
  const PAUSE = 400, LINE_PAUSE = 500, LOOK = 500, KEPT = 14 * 24 * 3600 * 1000;
  const waiting = new Map(), typed = new Map(), known = new Map();
  let ran = 0;

  // The canvas and the question of a field; "" for a canvas of a visit, whose number is used again.
  const question = field => {
    const of = field.closest('[class*="st-key-canvas-"]');
    const name = [...of.classList].find(each => each.startsWith("st-key-canvas-"));
    return name.startsWith("st-key-canvas-visit-") ? "" : `typed ${name}`;
  };
  // A browser may be set to keep nothing; then words wait on the page alone.
  const stored = (name, entry) => {
    try {
      if (entry) localStorage.setItem(name, JSON.stringify(entry));
      else if (entry === null) localStorage.removeItem(name);
      return JSON.parse(localStorage.getItem(name));
    } catch { return null; }
  };
  const send = field => {
    clearTimeout(waiting.get(field));
    waiting.delete(field);
    const ctrlKey = field instanceof HTMLTextAreaElement;
    field.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", ctrlKey, bubbles: true, cancelable: true })
    );
  };
  const fill = (field, words) => {
    const of = Object.getPrototypeOf(field);
    Object.getOwnPropertyDescriptor(of, "value").set.call(field, words);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  document.addEventListener("input", event => {
    const field = event.target;
    if (!field.matches(FIELDS)) return;
    const name = question(field);
    if (name) {
      stored(name, { words: field.value, before: known.get(name) ?? null, on: Date.now() });
      typed.set(name, Date.now() + (field.tagName === "INPUT" ? LINE_PAUSE : PAUSE));
    }
    if (event.isComposing || field.tagName === "INPUT") return;
    clearTimeout(waiting.get(field));
    waiting.set(field, setTimeout(send, PAUSE, field));
  });
  // What waited since an earlier visit comes back, unless somebody wrote there meanwhile.
  const bringBack = (field, name) => {
    const entry = stored(name);
    known.set(name, field.value);
    if (!entry) return;
    const { words, before, on } = entry;
    const old = Date.now() - on > KEPT;
    const ask = `What you typed here was not saved, and another text stands here now. Put yours in its place?\n\n${words}`;
    if (words === field.value || old) stored(name, null);
    else if (field.value === before || confirm(ask)) fill(field, words);
    else stored(name, null);
  };
  setInterval(() => {
    const app = document.querySelector("[data-testid=stApp]");
    const state = app?.getAttribute("data-test-script-state");
    if (state === "running") ran = Date.now();
    if (state !== "notRunning") return;
    const alerts = [...document.querySelectorAll("[data-testid=stAlert]")];
    const failed = alerts.some(each => /not saved/i.test(each.textContent));
    for (const field of document.querySelectorAll(FIELDS)) {
      const name = question(field);
      if (!name) continue;
      if (!known.has(name)) bringBack(field, name);
      else if (!typed.has(name)) known.set(name, field.value);
      else if (ran > typed.get(name) && !failed && stored(name)?.words === field.value) {
        typed.delete(name);
        known.set(name, field.value);
        stored(name, null);
      }
    }
  }, LOOK);
  new MutationObserver(changes => {
    if (changes.some(each => each.target.dataset?.testScriptState === "running")) ran = Date.now();
  }).observe(document.body, { subtree: true, attributeFilter: ["data-test-script-state"] });
  // The tab is closed, or a phone puts the browser away: what waits is sent at once.
  window.addEventListener("pagehide", () => [...waiting.keys()].forEach(send));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) [...waiting.keys()].forEach(send);
  });
})();
