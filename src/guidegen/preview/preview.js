// Asks guidegen's preview whether there is something new, and shows what is wrong.
(() => {
  const revision = Number(document.documentElement.dataset.revision);
  // There from the start where no build has worked yet.
  let box = document.querySelector(".guidegen-preview-error");

  const show = (error) => {
    if (!error) {
      box?.remove();
      box = null;
      return;
    }
    if (!box) {
      box = document.createElement("pre");
      box.className = "guidegen-preview-error";
      box.setAttribute("role", "alert");
      document.body.append(box);
    }
    if (box.textContent !== error) box.textContent = error;
  };

  const ask = async () => {
    try {
      const answer = await fetch("/__guidegen__/state", { cache: "no-store" });
      const state = await answer.json();
      if (state.revision !== revision) {
        location.reload();
        return;
      }
      show(state.error);
    } catch {
      // The preview was stopped; the page stays readable.
    }
    setTimeout(ask, 500);
  };

  ask();
})();
