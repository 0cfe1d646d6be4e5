extension Page {
  /// Lines by batch.
  static let scriptOfLines = #"""
    // Lines over batches, each { values, name, colour, faint }; a dashed line for each alarm.
    function drawLines(svg, { xs, lines, log = false, zero = false, alarms = [], yText, empty }) {
      const isShown = value => value !== null && Number.isFinite(value) && (!log || value > 0);
      let low = Infinity, high = -Infinity;
      for (const { values } of lines) {
        for (const value of values) if (isShown(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      if (low > high) return say(svg, empty || "nothing yet");
      if (zero) { low = Math.min(0, low); if (high === low) high = low + 1; }
      const { width, height } = clear(svg);
      const box = { left: 56, right: width - 8, top: 14, bottom: height - 34 };
      const x = scale(xs[0], xs[xs.length - 1], box.left, box.right);
      const y = scale(low, high, box.bottom, box.top, log);
      axes(svg, { x, y, xName: "batch", yText, ...box });
      for (const batch of alarms) {
        if (batch < xs[0]) continue;
        make(svg, "line", { class: "alarm", x1: x.at(batch), x2: x.at(batch), y1: box.top, y2: box.bottom });
      }
      for (const { values, colour, faint } of lines) {
        make(svg, "path", {
          class: `line k${colour}${faint ? " faint" : ""}`, d: path(xs, values, x, y, isShown)
        });
      }
      legend(svg, lines.filter(line => line.name), box);
    }

    // A line that is broken where there is no value; one value alone is a dash.
    function path(xs, values, x, y, isShown) {
      let d = "", isOpen = false;
      values.forEach((value, index) => {
        if (!isShown(value)) { isOpen = false; return; }
        const place = `${x.at(xs[index]).toFixed(1)} ${y.at(value).toFixed(1)}`;
        d += isOpen ? `L${place}` : `M${place}h.1`;
        isOpen = true;
      });
      return d;
    }

    function legend(svg, lines, box) {
      let right = box.right;
      for (const { name, colour } of lines.slice().reverse()) {
        const text = make(svg, "text", { x: right, y: 10, "text-anchor": "end", class: "ink" }, name);
        const start = right - text.getComputedTextLength() - 20;
        make(svg, "path", { class: `line k${colour}`, d: `M${start} 6h14` });
        right = start - 12;
      }
    }

    function drawSeries(news) {
      const { series } = news, xs = series.batch;
      const alarms = news.events.filter(event => event[1] === "drift").map(event => event[0]);
      const inertia = [{ values: series.inertia, colour: 0, name: news.learns ? "before" : undefined }];
      if (news.learns) inertia.push({ values: series.inertiaAfter, colour: 1, name: "after the update" });
      drawLines(byId("inertia"), { xs, lines: inertia, alarms });
      drawLines(byId("moved"), {
        xs, lines: [{ values: series.moved, colour: 0 }], zero: true, alarms,
        empty: news.learns ? undefined : "nothing is learnt: the centroids stay"
      });
      drawLines(byId("outliers"), {
        xs, lines: [{ values: series.outlierShare, colour: 3 }], zero: true, yText: percent,
        empty: "it is not known yet how clusters spread"
      });
      drawLines(byId("skipped"), { xs, lines: [{ values: series.skipped, colour: 4 }], zero: true });
      const reasons = Object.entries(news.skippedBy).filter(([, count]) => count > 0)
        .map(([reason, count]) => `${reason} ${short(count)}`);
      byId("skipped-note").textContent = reasons.join(", ") || "none";
      drawDrift(news, xs, alarms);
    }

    function drawDrift(news, xs, alarms) {
      const { series } = news;
      byId("drift-note").textContent = news.watchesDrift
        ? `radii per half-life, and bits; ${alarms.length} alarm${alarms.length === 1 ? "" : "s"}` : "";
      drawLines(byId("drift"), {
        xs, zero: true, alarms, empty: news.watchesDrift ? undefined : "not watched: --drift",
        lines: [
          { values: series.speed, colour: 0, name: "speed" },
          { values: series.shareChange, colour: 1, name: "change of shares" }]
      });
    }
    """#
}
