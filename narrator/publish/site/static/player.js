/* narrator: the page is whole without this script; with it, words follow the sound. */
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  document.documentElement.classList.add("js");

  const clock = (seconds) => {
    const whole = Math.floor(seconds);
    const pad = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
    return hours ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
  };

  /* Private windows and file:// may refuse storage: then nothing is remembered. */
  const memory = {
    get(key) { try { return localStorage.getItem("narrator:" + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("narrator:" + key, value); } catch { /* not kept */ } },
    drop(key) { try { localStorage.removeItem("narrator:" + key); } catch { /* was not kept */ } },
  };

  const setUpCopy = (button) => {
    const field = document.getElementById(button.dataset.copy);
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try { await navigator.clipboard.writeText(field.value); }
      catch { document.execCommand("copy"); }
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  };

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const setUpSearch = (field) => {
    const panel = field.closest(".search"), status = $("[role=status]", panel);
    const rows = $$(".year li").map((element) => ({ element, text: fold(element.textContent) }));
    panel.hidden = false;
    const filter = () => {
      const words = fold(field.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const { element, text } of rows) {
        element.hidden = !words.every((word) => text.includes(word));
        shown += !element.hidden;
      }
      for (const year of $$(".year")) year.hidden = !$("li:not([hidden])", year);
      status.textContent = !words.length ? "" : shown ? status.dataset.some.replace("#", shown) : status.dataset.none;
    };
    field.addEventListener("input", filter);
    if (field.value) filter();
  };

  const setUpPictures = () => {
    for (const link of $$("a[data-picture]")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        const image = new Image();
        image.alt = link.dataset.picture;
        image.referrerPolicy = "no-referrer";
        image.addEventListener("error", () => image.replaceWith(link));
        image.src = link.href;
        link.replaceWith(image);
      });
    }
  };

  const setUpPlayer = (audio) => {
    const lines = $$(".line[data-start]");
    const starts = lines.map((line) => Number(line.dataset.start));
    const chapters = $$("[data-chapter-start]");
    const chapterStarts = chapters.map((link) => Number(link.dataset.chapterStart));
    const follow = $("[data-follow]"), speed = $("[data-speed]"), resume = $("[data-resume]");
    const key = "at:" + audio.dataset.guid;
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    let current = null, chapter = null, touched = 0;

    /* Index of the last start at or before *time*; a hair of tolerance, since seeks land a little early. */
    const place = (list, time) => {
      let low = 0, high = list.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (list[middle] <= time + 0.02) low = middle + 1; else high = middle;
      }
      return low - 1;
    };

    const mark = (old, element, kind) => {
      if (old === element) return element;
      old?.removeAttribute("aria-current");
      element?.setAttribute("aria-current", kind);
      return element;
    };

    const show = () => {
      const time = audio.currentTime;
      const next = lines[Math.max(0, place(starts, time))] ?? null;
      const moved = next !== current;
      current = mark(current, next, "true");
      chapter = mark(chapter, chapters[place(chapterStarts, time)] ?? null, "location");
      if (moved && current && !audio.paused) scrollTo(current);
    };

    const scrollTo = (line) => {
      if (!follow.checked || Date.now() - touched < 4000) return;
      const box = line.getBoundingClientRect();
      const room = innerHeight - 160;
      if (box.top < 60 || box.bottom > room) {
        line.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
      }
    };

    const seek = (time, play) => {
      audio.currentTime = time;
      show();
      if (play) audio.play()?.catch(() => { /* the browser wants another click first */ });
    };

    /* One tab stop for the whole transcript: arrows move it, Enter plays. */
    let stop = lines[0] ?? null;
    const moveStop = (line, focus) => {
      if (!line) return;
      stop?.setAttribute("tabindex", "-1");
      stop = line;
      stop.setAttribute("tabindex", "0");
      if (focus) stop.focus();
    };
    for (const line of lines) line.setAttribute("tabindex", "-1");
    moveStop(stop, false);
    $("#lines").addEventListener("click", (event) => {
      const line = event.target.closest(".line[data-start]");
      if (!line || String(getSelection())) return;
      moveStop(line, false);
      seek(Number(line.dataset.start), true);
    });
    $("#lines").addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const line = event.target.closest?.(".line[data-start]");
      if (!line) return;
      const at = lines.indexOf(line);
      const target = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: lines.length - 1 }[event.key];
      if (target !== undefined) {
        event.preventDefault();
        moveStop(lines[target], true);
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        seek(Number(line.dataset.start), true);
      }
    });
    $(".help").hidden = false;

    for (const link of chapters) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        seek(Number(link.dataset.chapterStart), true);
        if (current) moveStop(current, false);
      });
    }

    for (const name of ["wheel", "touchmove"]) addEventListener(name, () => { touched = Date.now(); }, { passive: true });

    $(".keys").hidden = false;
    for (const button of $$("[data-skip]")) {
      button.addEventListener("click", () => seek(Math.max(0, audio.currentTime + Number(button.dataset.skip)), false));
    }
    speed.value = memory.get("speed") ?? "1";
    if (!speed.value) speed.value = "1";
    audio.playbackRate = audio.defaultPlaybackRate = Number(speed.value);
    speed.addEventListener("change", () => {
      audio.playbackRate = audio.defaultPlaybackRate = Number(speed.value);
      memory.set("speed", speed.value);
    });
    follow.checked = memory.get("follow") !== "no";
    follow.addEventListener("change", () => memory.set("follow", follow.checked ? "yes" : "no"));

    const kept = Number(memory.get(key));
    if (kept > 15) {
      resume.textContent = resume.dataset.resume.replace("#", clock(kept));
      resume.hidden = false;
      resume.addEventListener("click", () => { resume.hidden = true; audio.focus(); seek(kept, true); });
    }

    audio.addEventListener("timeupdate", () => {
      show();
      if (!audio.paused && audio.currentTime > 5) memory.set(key, audio.currentTime.toFixed(1));
    });
    audio.addEventListener("seeked", show);
    audio.addEventListener("play", () => { resume.hidden = true; show(); tick(); });
    audio.addEventListener("ended", () => memory.drop(key));
    /* timeupdate comes four times a second; frames keep short lines from being passed over. */
    const tick = () => { if (!audio.paused) { show(); requestAnimationFrame(tick); } };

    if ("mediaSession" in navigator) {
      const cover = $(".player .cover");
      navigator.mediaSession.metadata = new MediaMetadata({
        title: audio.dataset.title,
        artist: audio.dataset.show,
        album: audio.dataset.show,
        artwork: cover && /^http/.test(cover.src) ? [{ src: cover.src, type: "image/jpeg" }] : [],
      });
      const on = (name, handler) => { try { navigator.mediaSession.setActionHandler(name, handler); } catch { /* not known here */ } };
      on("seekbackward", (details) => seek(Math.max(0, audio.currentTime - (details.seekOffset || 15)), false));
      on("seekforward", (details) => seek(audio.currentTime + (details.seekOffset || 30), false));
      on("seekto", (details) => seek(details.seekTime, false));
      on("previoustrack", () => seek(chapterStarts[Math.max(0, place(chapterStarts, audio.currentTime - 2))] ?? 0, false));
      on("nexttrack", () => {
        const next = chapterStarts[place(chapterStarts, audio.currentTime) + 1];
        if (next !== undefined) seek(next, false);
      });
    }

    /* A link such as #t=83 starts there (Media Fragments). */
    const wanted = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
    if (wanted) seek(Number(wanted[1]), false);
  };

  $$("[data-copy]").forEach(setUpCopy);
  $$("#search").forEach(setUpSearch);
  $$("audio[data-guid]").forEach(setUpPlayer);
  setUpPictures();
})();
