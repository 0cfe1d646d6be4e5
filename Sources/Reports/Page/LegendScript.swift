/// Lets one look at one group of a picture alone: whoever chooses a name of the legend, by a click
/// or by a key, sees the others fade.
package enum LegendScript {
  package static let text = """
    "use strict";
    for (const figure of document.querySelectorAll("figure")) {
      const entries = figure.querySelectorAll(".legend li[data-series]");
      const parts = figure.querySelectorAll(".chart [data-series]");
      if (parts.length === 0) continue;
      let chosen = null;
      const choose = (entry) => {
        chosen = chosen === entry ? null : entry;
        for (const other of entries) {
          other.setAttribute("aria-pressed", String(other === chosen));
          other.classList.toggle("dim", chosen !== null && other !== chosen);
        }
        for (const part of parts) {
          const isOther = chosen !== null && part.dataset.series !== chosen.dataset.series;
          part.classList.toggle("dim", isOther);
        }
      };
      for (const entry of entries) {
        entry.tabIndex = 0;
        entry.setAttribute("role", "button");
        entry.setAttribute("aria-pressed", "false");
        entry.addEventListener("click", () => choose(entry));
        entry.addEventListener("keydown", (event) => {
          if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            choose(entry);
          }
        });
      }
    }
    """
}
