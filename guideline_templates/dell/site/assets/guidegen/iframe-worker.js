/*
 * A page opened by double-click (file:) may not start a Worker. Here the worker's script
 * runs in an empty frame instead: same messages, no request to anybody. Material's search
 * looks for `IFrameWorker` in the frame's parent and for the frame's own script element.
 */
(function () {
  "use strict"

  if (location.protocol !== "file:") return

  function load(frame, url) {
    return new Promise(function (resolve, reject) {
      var script = frame.createElement("script")
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

  window.IFrameWorker = IFrameWorker
  window.Worker = IFrameWorker
})()
