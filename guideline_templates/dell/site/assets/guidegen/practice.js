/* Asks the cards of the page, five a sitting; without it, they can be read.

   What somebody has practised lies in a store: the browser's, or `window.guidegenStore` if
   there is one before this runs (a learning platform's). A store has
     load()               returns {id: [box, day]}, or null if nothing was kept; throws if
                          it keeps nothing
     save(cards, answer)  keeps the same map; `answer` is what has just been answered:
                          {id, choice, right, again}; returns false if it cannot
     forget()             keeps nothing any more
     finished(result)     is told {right, asked} at the end of each sitting
   A box counts how often a card was right in a row; a day is "2026-12-31". */
;(function () {
  "use strict"

  const root = document.querySelector(".gg-practice")
  if (!root) return

  const DAYS = [0, 7, 30, 120, 180, 365]
  const AT_ONCE = 5
  const MOST_KEPT = 1000

  /* When a card comes back ---- */

  function dayIn(days) {
    const day = new Date()
    day.setDate(day.getDate() + days)
    const two = (number) => String(number).padStart(2, "0")
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
  }

  function noon(day) {
    return new Date(`${day}T12:00:00`)
  }

  /* What was kept may be anything by now: only what can be true is taken. */
  function understood(kept) {
    const found = new Map()
    if (!kept || typeof kept !== "object") return found
    for (const [id, entry] of Object.entries(kept).slice(0, MOST_KEPT)) {
      const [box, due] = Array.isArray(entry) ? entry : []
      const isBox = Number.isInteger(box) && box >= 0 && box < DAYS.length
      const isDay = /^\d{4}-\d\d-\d\d$/.test(due) && !isNaN(noon(due))
      if (!/^[a-z0-9-]{1,80}$/.test(id) || !isBox || !isDay) continue
      found.set(id, { box, due: due > dayIn(DAYS[box]) ? dayIn(0) : due })
    }
    return found
  }

  function written(known) {
    return Object.fromEntries([...known].map(([id, { box, due }]) => [id, [box, due]]))
  }

  function afterAnswer(before, isRight) {
    if (!isRight) return { box: 0, due: dayIn(0) }
    /* Asked again before its day, a card does not rise. */
    if (before && before.due > dayIn(0)) return before
    const box = Math.min((before ? before.box : 0) + 1, DAYS.length - 1)
    return { box, due: dayIn(DAYS[box]) }
  }

  /* First what is due, then what is new; if asked for more, what comes next. */
  function chosen(cards, known, wantsMore) {
    const today = dayIn(0)
    const due = (card) => known.get(card.id).due
    const back = cards
      .filter((card) => known.has(card.id))
      .sort((a, b) => (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : 0))
    const isDue = (card) => due(card) <= today
    const unknown = cards.filter((card) => !known.has(card.id))
    const later = wantsMore ? back.filter((card) => !isDue(card)) : []
    return [...back.filter(isDue), ...unknown, ...later].slice(0, AT_ONCE)
  }

  /* Where it is kept ---- */

  function storeOfBrowser(key) {
    return {
      load() {
        /* Throws where the browser refuses. */
        localStorage.setItem(`${key}?`, "")
        localStorage.removeItem(`${key}?`)
        const text = localStorage.getItem(key)
        try {
          const { v, cards } = JSON.parse(text)
          return v === 1 ? cards : null
        } catch (error) {
          return null
        }
      },
      save(cards) {
        localStorage.setItem(key, JSON.stringify({ v: 1, cards }))
      },
      forget() {
        localStorage.removeItem(key)
      },
      finished() {},
    }
  }

  const store = window.guidegenStore || storeOfBrowser(root.dataset.key)
  let known = new Map()
  let isKept = true

  function load() {
    if (!isKept) return
    try {
      known = understood(store.load())
    } catch (error) {
      isKept = false
    }
  }

  function keep(answer) {
    /* Another tab may have gone on meanwhile. */
    load()
    known.set(answer.id, afterAnswer(known.get(answer.id), answer.right))
    if (!isKept) return
    try {
      isKept = store.save(written(known), answer) !== false
    } catch (error) {
      isKept = false
    }
  }

  /* The page ---- */

  const words = root.dataset
  const place = root.querySelector(".gg-sitting")
  const about = root.querySelector(".gg-kept")
  const list = root.querySelector(".gg-questions")
  const cards = [...list.querySelectorAll(".gg-question")].map((item) => ({
    id: item.dataset.id,
    question: item.querySelector("h3"),
    choices: [...item.querySelectorAll(":scope > ul > li")],
    right: Number(item.dataset.right),
    why: item.querySelector(".gg-answer__why"),
    link: item.querySelector(".gg-answer a"),
  }))

  /* What an element holds: words of another language are elements themselves. */
  function copied(element) {
    const copy = document.createDocumentFragment()
    copy.append(...element.cloneNode(true).childNodes)
    return copy
  }

  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all))
  }

  function make(name, classes, ...parts) {
    const element = document.createElement(name)
    if (classes) element.className = classes
    element.append(...parts)
    return element
  }

  function button(text, classes, action) {
    const element = make("button", `gg-button ${classes}`, text)
    element.type = "button"
    /* A key that is held down would skip what comes next. */
    element.addEventListener("keydown", (event) => {
      if (event.repeat && (event.key === "Enter" || event.key === " ")) event.preventDefault()
    })
    element.addEventListener("click", action)
    return element
  }

  const stage = make("div", "gg-sitting__stage")
  const said = make("div", "gg-sitting__said")
  const actions = make("p", "gg-sitting__actions")
  said.setAttribute("role", "status")
  place.append(stage, said, actions)

  let questions = [] /* {card, again} */
  let at = 0
  let right = 0

  function titled(content) {
    const title = make("h2", "gg-sitting__title", content)
    title.tabIndex = -1
    return title
  }

  function show(title, ...parts) {
    stage.replaceChildren(...parts)
    said.replaceChildren()
    said.className = "gg-sitting__said"
    return () => title.focus()
  }

  function progress() {
    const isAgain = questions[at].again
    const same = questions.filter((each) => each.again === isAgain)
    const number = same.indexOf(questions[at]) + 1
    const text = filled(isAgain ? words.again : words.progress, {
      number,
      count: same.length,
    })
    const bar = make("span", "gg-steps")
    bar.setAttribute("aria-hidden", "true")
    same.forEach((each, index) =>
      bar.append(make("span", index < number ? "gg-steps__done" : ""))
    )
    const line = make("p", "gg-sitting__progress", make("span", "", text), bar)
    line.firstChild.id = "gg-progress"
    return line
  }

  function choice(item, index) {
    const input = make("input")
    input.type = "radio"
    input.name = "gg-choice"
    input.value = index
    return make("label", "gg-choice", input, make("span", "gg-choice__text", copied(item)))
  }

  function ask() {
    const { card } = questions[at]
    const title = titled(copied(card.question))
    title.setAttribute("aria-describedby", "gg-progress")
    const choices = make("div", "gg-choices", ...card.choices.map(choice))
    const group = make("fieldset", "gg-ask", make("legend", "", title), choices)
    actions.replaceChildren(button(words.answer, "gg-button--first", answer))
    return show(title, progress(), group)
  }

  function answer() {
    const { card, again } = questions[at]
    const inputs = [...stage.querySelectorAll("input")]
    const index = inputs.findIndex((input) => input.checked)
    if (index < 0) {
      said.replaceChildren(make("p", "gg-sitting__hint", words.choose))
      inputs[0].focus()
      return
    }
    const isRight = index === card.right
    keep({ id: card.id, choice: index, right: isRight, again })
    if (isRight && !again) right += 1
    if (!isRight && !again) questions.push({ card, again: true })
    inputs.forEach((input, each) => {
      input.disabled = true
      mark(input.parentNode, each === card.right, each === index)
    })
    react(card, isRight, again)
  }

  function mark(label, isRight, isMine) {
    if (isRight) label.classList.add("gg-choice--right")
    const tags = [...(isMine ? [words.yourChoice] : []), ...(isRight ? [words.rightChoice] : [])]
    if (tags.length) label.append(make("span", "gg-choice__tag", tags.join(" · ")))
  }

  function react(card, isRight, again) {
    const kind = isRight ? words.right : again ? words.notYet : words.wrong
    const title = make("p", "gg-sitting__reaction", kind)
    title.tabIndex = -1
    const solution = make("p", "", make("strong", "", `${words.solution}:`), " ")
    solution.append(make("span", "gg-answer__choice", copied(card.choices[card.right])))
    said.classList.add(isRight ? "gg-sitting__said--right" : "gg-sitting__said--not-yet")
    said.replaceChildren(
      title,
      ...(isRight ? [] : [solution]),
      make("p", "gg-answer__why", copied(card.why)),
      make("p", "", `${words.rule}: `, card.link.cloneNode(true))
    )
    const isLast = at + 1 === questions.length
    actions.replaceChildren(
      button(isLast ? words.finish : words.next, "gg-button--first", goOn)
    )
    tell()
    actions.scrollIntoView({ block: "nearest" })
    title.focus()
  }

  function goOn() {
    at += 1
    const focus = at < questions.length ? ask() : end()
    focus()
  }

  function ahead() {
    const days = cards
      .filter((card) => known.has(card.id))
      .map((card) => known.get(card.id).due)
    const fresh = cards.length - days.length
    const next = days.sort()[0]
    const today = days.filter((day) => day <= dayIn(0)).length
    const form = { day: "numeric", month: "long", year: "numeric" }
    const lines = []
    if (today) lines.push(filled(words.dueToday, { count: today }))
    else if (next) {
      const date = noon(next).toLocaleDateString(document.documentElement.lang, form)
      /* A date stays on its line. */
      lines.push(filled(words.due, { date: date.replaceAll(" ", "\u00a0") }))
    }
    if (fresh) lines.push(filled(words.new, { count: fresh }))
    return lines.map((line) => make("p", "", line))
  }

  function over(title, ...parts) {
    const link = make("a", "gg-button", words.read)
    link.setAttribute("href", words.front)
    actions.replaceChildren(
      button(words.more, "gg-button--first", () => start(true)()),
      " ",
      link
    )
    return show(title, title, ...parts, ...ahead())
  }

  function end() {
    const asked = questions.filter((each) => !each.again).length
    try {
      store.finished({ right, asked })
    } catch (error) {
      isKept = false
      tell()
    }
    const result = make("p", "lead", filled(words.result, { right, count: asked }))
    return over(titled(words.done), result)
  }

  /* Returns what puts the focus there: a page that has just opened leaves it alone. */
  function start(wantsMore) {
    load()
    questions = chosen(cards, known, wantsMore).map((card) => ({ card, again: false }))
    at = 0
    right = 0
    tell()
    return questions.length ? ask() : over(titled(words.noneDue))
  }

  const text = about.querySelector(".gg-kept__text")
  const forget = about.querySelector(".gg-kept__forget")
  const status = about.querySelector(".gg-kept__status")

  function tell() {
    if (isKept) return
    text.textContent = words.notKept
    forget.hidden = true
  }

  forget.firstElementChild.addEventListener("click", () => {
    try {
      store.forget()
    } catch (error) {
      isKept = false
    }
    known = new Map()
    start(false)
    status.textContent = isKept ? words.forgotten : ""
  })

  stage.addEventListener("keydown", (event) => {
    const isChoice = event.target.type === "radio"
    if (isChoice && event.key === "Enter" && !event.repeat) answer()
  })

  if (!cards.length) return
  place.hidden = about.hidden = false
  start(false)
  /* Closed, unless a link leads to one of them. */
  const linked = document.getElementById(location.hash.slice(1))
  list.open = Boolean(linked && list.contains(linked))
  if (list.open) linked.scrollIntoView()
})()
