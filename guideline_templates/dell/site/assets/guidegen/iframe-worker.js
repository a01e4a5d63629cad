/*
 * The worker of Material's search, and what it is asked.
 *
 * A page opened by double-click (file:) may not start a Worker. Here the worker's script
 * runs in an empty frame instead: same messages, no request to anybody. Material's search
 * looks for `IFrameWorker` in the frame's parent and for the frame's own script element.
 */
(function () {
  "use strict"

  function load(frame, url) {
    return new Promise(function (resolve, reject) {
      var script = frame.createElement("script")
      script.charset = "utf-8" /* an empty frame has none, and stemmers have umlauts */
      script.src = url
      script.onload = resolve
      script.onerror = function () {
        reject(new Error("cannot load " + url))
      }
      frame.body.append(script)
    })
  }

  function IFrameWorker(url) {
    var outside = new EventTarget()
    var frame = document.createElement("iframe")
    var waiting = []
    var target

    frame.hidden = true
    frame.title = "search"
    document.body.append(frame)
    var inside = frame.contentWindow

    inside.importScripts = function () {
      return Array.from(arguments).reduce(function (before, next) {
        return before.then(function () {
          return load(inside.document, next)
        })
      }, Promise.resolve())
    }
    /* What the worker says goes out … */
    inside.postMessage = function (data) {
      outside.dispatchEvent(new MessageEvent("message", { data: data }))
    }
    /* … and what it is told goes in, in order, once its script is there. */
    outside.postMessage = function (data) {
      if (!target) return waiting.push(data)
      target.dispatchEvent(new MessageEvent("message", { data: data }))
    }
    outside.terminate = function () {
      frame.remove()
    }
    load(inside.document, new URL(url, document.baseURI).href).then(function () {
      target = inside
      waiting.splice(0).forEach(outside.postMessage)
    })
    return outside
  }

  /*
   * Material asks for words that begin as the reader's do, and lunr takes no stem of such
   * a word: "Verträge" would not find "Vertrag". So each word is asked for twice more: as
   * it is, of which lunr takes the stem, and as stems are written, without umlauts.
   */
  function words(question) {
    return /["+\-~^:*]/.test(question)
      ? question
      : question
          .split(/\s+/)
          .filter(Boolean)
          .map(function (word) {
            var plain = word.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/ß/g, "ss")
            return word + " " + word + "^1" + (plain === word ? "" : " " + plain)
          })
          .join(" ")
  }

  var inFile = location.protocol === "file:"
  var Plain = window.Worker

  function SearchWorker(url) {
    var worker = inFile ? IFrameWorker(url) : new Plain(url)
    var post = worker.postMessage
    worker.postMessage = function (message) {
      /* 2 is a question; 0 brings the index. */
      var asked = message && message.type === 2 && typeof message.data === "string"
      post.call(worker, asked ? { type: 2, data: words(message.data) } : message)
    }
    return worker
  }

  if (inFile) window.IFrameWorker = IFrameWorker
  window.Worker = SearchWorker
})()
