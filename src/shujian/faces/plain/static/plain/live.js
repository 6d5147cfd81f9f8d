// Raises the unread number while a page is open. Every page works without it.
(function () {
  "use strict";
  var mark = document.querySelector("[data-unread]");
  var fresh = document.querySelector("[data-fresh]");
  var source = null;
  var ended = false;
  if (!mark || !window.EventSource) return;

  function show(count) {
    mark.textContent = count >= 100 ? "99+" : String(count);
    mark.hidden = count === 0;
  }

  function open() {
    if (source || ended || document.hidden) return;
    source = new EventSource("/live/");
    source.addEventListener("unread", function (event) {
      show(JSON.parse(event.data).unread);
    });
    source.addEventListener("news", function () {
      if (fresh) fresh.hidden = false;
    });
    source.addEventListener("end", function () {
      ended = true;
      close();
    });
  }

  function close() {
    if (source) source.close();
    source = null;
  }

  // A browser opens six connections to one site: hidden pages give theirs back.
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) close();
    else open();
  });
  window.addEventListener("pagehide", close);
  open();
})();
