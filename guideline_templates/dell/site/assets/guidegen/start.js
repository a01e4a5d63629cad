/* Runs before anything is painted. First: the reader's choice of light or dark. */
(function () {
  "use strict"

  document.documentElement.classList.replace("no-js", "js")

  var base = new URL(document.currentScript.dataset.base, location.href)

  function read(key, storage) {
    try {
      return JSON.parse((storage || localStorage).getItem(base.pathname + "." + key))
    } catch (error) {
      return null /* no storage, or nothing usable in it */
    }
  }

  function write(key, value, storage) {
    try {
      ;(storage || localStorage).setItem(base.pathname + "." + key, JSON.stringify(value))
    } catch (error) {
      /* The choice then lasts as long as the page. */
    }
  }

  var scheme = read("gg-scheme")
  if (scheme === "light" || scheme === "dark") {
    document.documentElement.dataset.scheme = scheme
  }
  window.guidegen = { read: read, write: write }

  /* Single letters do nothing (WCAG 2.1.4): Material would open its search on F and S. */
  window.addEventListener(
    "keydown",
    function (event) {
      var typing = event.target instanceof Element && event.target.closest("input")
      if (event.key.length === 1 && !typing) event.stopImmediatePropagation()
    },
    true
  )

  /* Material's bundle asks for its stored settings by these names. */
  window.__md_scope = base
  window.__md_get = read
  window.__md_set = write
  window.__md_hash = function (text) {
    return text.length
  }
})()
