/* Keeps what practice.js hands over in a learning platform: SCORM 1.2 (ADL, 2001).

   Platforms differ in what they forgive, so this is careful: every answer is committed at
   once, since the end of a page is never sure; the score comes before the status; nothing
   is written when a finished attempt is only looked at; and no call is made that SCORM 1.2
   does not have. How long somebody took is not sent. */
;(function () {
  "use strict"

  const about = document.getElementById("gg-scorm")
  const core = about.dataset.core.split(" ")
  const mark = "mark" in about.dataset ? Number(about.dataset.mark) : null

  /* SCORM 1.2 promises 4,096 characters; some platforms have less room. */
  const MOST = 1000
  const SIZE = 7
  const FIRST_DAY = Date.UTC(2026, 0, 1)
  const DAY = 86400000
  const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

  /* The platform's part is in a window above this one, or in one that opened any of these.
     A window of another place may be in between, which may not be asked. */
  function above(start) {
    let place = start
    for (let step = 0; step < 50 && place; step += 1) {
      try {
        if (place.API && "LMSInitialize" in place.API) return place.API
      } catch (error) {
        /* not ours: the next one above may be */
      }
      if (place.parent === place) return null
      place = place.parent
    }
    return null
  }

  const api = [window, window.opener, window.parent.opener, window.top.opener]
    .map((place) => place && above(place))
    .find((found) => found)
  /* Opened from a folder, there is no platform: the browser keeps it then. */
  if (!api) return

  /* A platform that stumbles has taken nothing; the cards go on. */
  function call(name, ...values) {
    try {
      return String(api[name](...values) ?? "")
    } catch (error) {
      return ""
    }
  }

  /* Some answer with a number in place of the word. */
  const worked = (answer) => answer === "true" || answer === "1"
  const get = (name) => call("LMSGetValue", name)
  const set = (name, value) => worked(call("LMSSetValue", name, String(value)))

  /* Back from the guideline, it is open still, which platforms answer with "false". */
  const isOpen = worked(call("LMSInitialize", "")) || get("cmi.core.lesson_status") !== ""
  /* Whoever only looks at it again has nothing to keep; many platforms say nothing here. */
  const isLooking = isOpen && /^(browse|review)$/.test(get("cmi.core.lesson_mode"))
  let status = isOpen ? get("cmi.core.lesson_status") : ""
  if (isOpen && !isLooking && /^(not attempted|unknown|)$/.test(status)) {
    status = "incomplete"
    set("cmi.core.lesson_status", status)
  }
  /* Else many platforms would throw away what was kept, once the page is closed. */
  if (isOpen && !isLooking) set("cmi.core.exit", "suspend")

  /* An id as four signs: FNV-1a, of which 24 bits are left. */
  function shortened(id) {
    let hash = 0x811c9dc5
    for (const letter of id) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
    return inSigns((hash >>> 8) & 0xffffff, 4)
  }

  function inSigns(number, count) {
    let text = ""
    for (let rest = number; text.length < count; rest = Math.floor(rest / 64)) {
      text = SIGNS[rest % 64] + text
    }
    return text
  }

  function fromSigns(text) {
    return [...text].reduce((number, sign) => number * 64 + SIGNS.indexOf(sign), 0)
  }

  /* Seven signs a card: four for its id, three for the day and, in them, the box. */
  function packed(cards) {
    return Object.entries(cards)
      .sort((a, b) => (a[1][1] < b[1][1] ? -1 : 1))
      .slice(0, Math.floor((MOST - 1) / SIZE))
      .map(([id, [box, day]]) => {
        const days = Math.max(0, Math.round((Date.parse(day) - FIRST_DAY) / DAY))
        return shortened(id) + inSigns(Math.min(days, 0x7fff) * 8 + box, 3)
      })
      .join("")
  }

  function unpacked(text) {
    const known = new Map()
    for (let at = 1; at + SIZE <= text.length; at += SIZE) {
      const number = fromSigns(text.slice(at + 4, at + SIZE))
      if (number < 0) continue
      const day = new Date(FIRST_DAY + Math.floor(number / 8) * DAY)
      known.set(text.slice(at, at + 4), [number % 8, day.toISOString().slice(0, 10)])
    }
    const ids = [...document.querySelectorAll(".gg-question")].map((item) => item.dataset.id)
    return Object.fromEntries(
      ids.map((id) => [id, known.get(shortened(id))]).filter(([, entry]) => entry)
    )
  }

  function commit() {
    return worked(call("LMSCommit", ""))
  }

  /* Done is who has answered each card of the core; right are those last answered so. */
  function judge(cards) {
    if (status === "completed" || status === "passed") return
    if (!core.every((id) => id in cards)) return
    const right = core.filter((id) => cards[id][0] > 0).length
    const score = Math.round((100 * right) / core.length)
    if (mark !== null && score < mark) return
    set("cmi.core.score.min", 0)
    set("cmi.core.score.max", 100)
    set("cmi.core.score.raw", score)
    status = mark === null ? "completed" : "passed"
    set("cmi.core.lesson_status", status)
  }

  let held = null
  window.guidegenStore = {
    load() {
      if (!isOpen || isLooking) throw new Error("nothing is kept")
      if (held) return held
      const text = get("cmi.suspend_data")
      return text.startsWith("1") ? unpacked(text) : null
    },
    save(cards) {
      const isTaken = set("cmi.suspend_data", `1${packed(cards)}`)
      /* Whoever answers all in one go is done, even if nothing is taken for later. */
      held = isTaken ? null : cards
      judge(cards)
      return (isTaken || set("cmi.core.exit", "suspend")) && commit()
    },
    forget() {
      held = null
      set("cmi.suspend_data", "")
      commit()
    },
    finished() {},
  }

  /* The guideline is in the same window: after an end, no platform would begin anew. */
  let goesOn = false
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]")
    /* Neither another window nor a place on the same page is an end or a new page. */
    const isHere = link && !link.target && !/^(?:#|[a-z]+:)/.test(link.getAttribute("href"))
    goesOn = Boolean(isHere) && !(event.ctrlKey || event.metaKey || event.shiftKey)
  })
  window.addEventListener("pageshow", () => (goesOn = false))

  let isOver = !isOpen
  window.addEventListener("pagehide", () => {
    if (isOver || goesOn) return
    isOver = true
    call("LMSFinish", "")
  })
})()
