/* Nothing here is needed to read: the copy button of the magic sentence, light and dark, what a
   link leads to opens, and all is open on paper. */
(function () {
  "use strict"

  var words = document.currentScript.dataset

  function copyOld(text) {
    var area = document.createElement("textarea")
    area.value = text
    area.className = "gg-spoken"
    area.setAttribute("aria-hidden", "true")
    document.body.append(area)
    area.select()
    var done = document.execCommand("copy")
    area.remove()
    return done ? Promise.resolve() : Promise.reject(new Error("copy"))
  }

  function copy(text) {
    if (!navigator.clipboard) return copyOld(text)
    return navigator.clipboard.writeText(text).catch(function () {
      return copyOld(text)
    })
  }

  /* The sentence without the quotation marks around it. */
  function sentence(element) {
    return element.textContent.trim().replace(/^[„“"»«‘'‚]+|[“”"«»’'‘]+$/g, "")
  }

  document.querySelectorAll(".magic-sentence").forEach(function (element) {
    var text = sentence(element)
    var row = document.createElement("p")
    var button = document.createElement("button")
    var status = document.createElement("span")
    row.className = "gg-copy"
    button.type = "button"
    button.className = "gg-copy__button"
    button.textContent = words.copy
    status.className = "gg-copy__status"
    status.setAttribute("role", "status")
    row.append(button, status)
    ;(element.closest("blockquote") || element).after(row)
    button.addEventListener("click", function () {
      copy(text).then(
        function () {
          status.textContent = "✓ " + words.copied
          setTimeout(function () {
            status.textContent = ""
          }, 4000)
        },
        function () {
          /* Not allowed: the reader copies the marked text. */
          getSelection().selectAllChildren(element)
        }
      )
      button.focus()
    })
  })

  document.querySelectorAll(".gg-colors").forEach(function (button) {
    var root = document.documentElement
    var system = matchMedia("(prefers-color-scheme: dark)")

    function dark() {
      return root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches
    }
    function name() {
      button.title = dark() ? button.dataset.light : button.dataset.dark
      button.setAttribute("aria-label", button.title)
    }
    button.addEventListener("click", function () {
      root.dataset.scheme = dark() ? "light" : "dark"
      window.guidegen.write("gg-scheme", root.dataset.scheme)
      name()
    })
    system.addEventListener("change", name)
    name()
  })

  /* A link to a topic, or to a heading of the small print, opens what it leads to. */
  function show() {
    var id = decodeURIComponent(location.hash.slice(1))
    var target = id && document.getElementById(id)
    var part = target && (target.closest("details") || target.nextElementSibling)
    if (part && part.localName === "details" && !part.open) {
      part.open = true
      target.scrollIntoView()
    }
  }
  addEventListener("hashchange", show)
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest('a[href*="#"]')
    /* The same address again is no change of it. */
    if (link && link.href === location.href) show()
  })
  show()

  var opened = []
  addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open])"))
    opened.forEach(function (part) {
      part.open = true
    })
  })
  addEventListener("afterprint", function () {
    opened.forEach(function (part) {
      part.open = false
    })
  })
})()
