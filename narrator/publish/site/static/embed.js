/* narrator: one line of a blog's template puts the player under every post that has an episode:
     <script src="https://SHOW/site/embed.js" async></script>
   On pages with several posts, say which one: data-post="https://BLOG/POST". */
"use strict";
(() => {
  const script = document.currentScript;
  const base = script.src.replace(/site\/embed\.js.*$/, "");
  const canonical = document.querySelector("link[rel=canonical]");
  const post = script.dataset.post || (canonical && canonical.href) || location.href;
  const frame = document.createElement("iframe");
  frame.src = base + "embed.html#" + encodeURIComponent(post);
  frame.title = script.dataset.title || "Audio player";
  frame.loading = "lazy";
  frame.style.cssText = "display:block;width:100%;height:1px;border:0;visibility:hidden";
  /* The frame says how tall it is; one without an episode stays out of sight. */
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || !event.data || !event.data.narrator) return;
    if (!event.data.narrator.height) { frame.remove(); return; }
    frame.style.height = Math.min(400, Math.ceil(Number(event.data.narrator.height))) + "px";
    frame.style.visibility = "visible";
    frame.title = String(event.data.narrator.title);
  });
  script.after(frame);
})();
