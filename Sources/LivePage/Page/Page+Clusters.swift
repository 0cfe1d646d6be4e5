extension Page {
  /// Sizes, weights and places of clusters.
  static let scriptOfClusters = #"""
    // Columns of weights, the heaviest first.
    function drawSizes(news) {
      const svg = byId("sizes"), { now } = news;
      if (!now) return say(svg, news.waiting ? `${short(news.waiting)} points wait to begin with` : "no clusters yet");
      const { width, height } = clear(svg);
      const order = now.ids.map((_, index) => index).sort((a, b) => now.weights[b] - now.weights[a]);
      const box = { left: 56, right: width - 8, top: 14, bottom: height - 34 };
      const top = Math.max(...now.weights, 0);
      const y = scale(0, top > 0 ? top : 1, box.bottom, box.top);
      const x = scale(0, order.length, box.left, box.right);
      axes(svg, { x: { low: 0, high: 0, at: () => 0 }, y, ...box });
      const step = (box.right - box.left) / order.length, gap = Math.min(2, step * .15);
      order.forEach((index, place) => {
        const id = now.ids[index], weight = now.weights[index];
        const bar = make(svg, "rect", {
          class: `f${colour(id)}`, x: x.at(place), width: Math.max(.5, step - gap),
          y: y.at(weight), height: Math.max(0, box.bottom - y.at(weight))
        });
        make(bar, "title", {}, `cluster ${id}: weight ${short(weight)}, ${percent(weight / news.weight)}`);
        if (step >= 16) {
          make(svg, "text", { x: x.at(place + .5), y: box.bottom + 14, "text-anchor": "middle" }, id);
        }
      });
      make(svg, "text", { x: box.right, y: box.bottom + 28, "text-anchor": "end" }, "cluster, by its id");
      byId("sizes-note").textContent = news.clusters > now.ids.length
        ? `the ${now.ids.length} largest of ${short(news.clusters)} clusters` : "decayed weight of the points";
    }

    // The weight of every cluster over time; those that weigh most now stand out.
    function drawWeights(news, samples) {
      const xs = samples.map(sample => sample.batch);
      const ids = [...new Set(samples.flatMap(sample => sample.ids))];
      const places = samples.map(sample => new Map(sample.ids.map((id, index) => [id, index])));
      const last = samples.length - 1;
      const weight = (id, sample) => samples[sample].weights[places[sample].get(id)] ?? null;
      const order = ids.sort((a, b) => (weight(a, last) ?? -1) - (weight(b, last) ?? -1));
      const lines = order.map((id, index) => ({
        values: samples.map((_, sample) => weight(id, sample)), colour: colour(id),
        faint: order.length - index > 12
      }));
      drawLines(byId("weights"), { xs, lines, log: true, empty: "no clusters yet" });
    }

    // The centroids in two columns, with the way that each has come.
    function drawMap(news, samples) {
      const svg = byId("map"), { now } = news;
      if (!now) return say(svg, "no centroids yet");
      const isFlat = !now.y.length;
      const way = samples.filter(sample => sample.projection === now.projection).slice(-60);
      byId("map-note").textContent = isFlat ? "by batch" : "in the two columns in which they vary most";
      if (isFlat) return drawPlaces(svg, news, way);
      const all = (axis) => way.flatMap(sample => sample[axis]).filter(Number.isFinite);
      const { width, height } = clear(svg);
      const box = { left: 56, right: width - 12, top: 12, bottom: height - 34 };
      const x = scale(Math.min(...all("x")), Math.max(...all("x")), box.left + 10, box.right - 10);
      const y = scale(Math.min(...all("y")), Math.max(...all("y")), box.bottom - 10, box.top + 10);
      axes(svg, { x, y, ...box });
      make(svg, "text", { x: box.right, y: box.bottom + 28, "text-anchor": "end" }, news.columns[0]);
      make(svg, "text", { x: 2, y: 10 }, news.columns[1]);
      const total = news.weight || 1;
      now.ids.forEach((id, index) => {
        const d = trail(id, way, x, y);
        if (d) make(svg, "path", { class: `line faint k${colour(id)}`, d });
        const share = Math.max(0, now.weights[index] / total);
        const place = { cx: x.at(now.x[index]), cy: y.at(now.y[index]), r: 2.5 + 18 * Math.sqrt(share) };
        if (!Number.isFinite(place.cx) || !Number.isFinite(place.cy)) return;
        const dot = make(svg, "circle", { class: `f${colour(id)}`, ...place });
        make(dot, "title", {}, `cluster ${id}: ${news.columns[0]} ${short(now.x[index])}, `
          + `${news.columns[1]} ${short(now.y[index])}, ${percent(share)}`);
      });
    }

    function trail(id, way, x, y) {
      let d = "";
      for (const sample of way) {
        const place = sample.ids.indexOf(id);
        if (place < 0 || sample.x[place] === null || sample.y[place] === null) continue;
        d += `${d ? "L" : "M"}${x.at(sample.x[place]).toFixed(1)} ${y.at(sample.y[place]).toFixed(1)}`;
      }
      return d.includes("L") ? d : "";
    }

    // Points of one column: its centroids over time.
    function drawPlaces(svg, news, way) {
      const lines = news.now.ids.map(id => ({
        colour: colour(id), values: way.map(sample => sample.x[sample.ids.indexOf(id)] ?? null)
      }));
      if (lines.length) lines[0].name = news.columns[0];
      drawLines(svg, { xs: way.map(sample => sample.batch), lines });
    }
    """#
}
