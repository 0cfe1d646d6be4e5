extension Page {
  /// Lives of clusters, and events.
  static let scriptOfLives = #"""
    const mostLives = 40;

    // A bar for each cluster, from its birth to its death.
    function drawLives(news) {
      const svg = byId("lives");
      const isDead = life => life[2] !== null;
      // All that have died lately, and the youngest of the living.
      const dead = news.lives.filter(isDead).slice(-mostLives / 2);
      const living = news.lives.filter(life => !isDead(life)).slice(-(mostLives - dead.length));
      const lives = dead.concat(living).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
      if (!lives.length) return say(svg, "no clusters yet");
      const { width, height } = clear(svg);
      const box = { left: 56, right: width - 8, top: 6, bottom: height - 34 };
      const first = Math.min(...lives.map(life => life[1]));
      const x = scale(first, Math.max(news.batch, first + 1), box.left, box.right);
      axes(svg, { x, y: { low: 0, high: 0, at: () => -10 }, xName: "batch", ...box });
      const step = (box.bottom - box.top) / lives.length, thick = Math.min(9, step * .7);
      lives.forEach(([id, from, to, parent], row) => {
        const middle = box.top + (row + .5) * step, start = x.at(from), end = x.at(to ?? news.batch);
        const bar = make(svg, "rect", {
          class: `f${colour(id)}`, x: start, width: Math.max(2, end - start), y: middle - thick / 2, height: thick
        });
        const origin = parent === null ? "" : `, half of ${parent}`;
        make(bar, "title", {}, `cluster ${id}: from batch ${from}${origin}${to === null ? "" : `, died at ${to}`}`);
        if (to !== null) make(svg, "path", { class: "line k1", d: `M${end - 3} ${middle - 3}l6 6m0 -6l-6 6` });
        if (parent !== null) make(svg, "circle", { class: "ink", cx: start, cy: middle, r: 2.5 });
        if (step >= 10) make(svg, "text", { x: box.left - 5, y: middle + 4, "text-anchor": "end" }, id);
      });
      byId("lives-note").textContent = news.lives.length > lives.length
        ? `${lives.length} of ${news.lives.length}: those that died last, and the youngest`
        : "a cross is a death, a dot a split";
    }

    const words = {
      born: (cluster) => `cluster ${cluster} was born`,
      died: (cluster) => `cluster ${cluster} died`,
      split: (cluster, parent) => `cluster ${cluster} split from ${parent}`,
      drift: (test) => `drift: alarm of the test of ${test}`
    };

    function listEvents(news) {
      const items = news.events.slice(-50).reverse().map(([batch, kind, what, parent]) => {
        const item = document.createElement("li");
        item.textContent = `batch ${batch}: ${words[kind](what, parent)}`;
        return item;
      });
      if (!items.length) {
        const item = document.createElement("li");
        item.textContent = "none yet";
        items.push(item);
      }
      byId("events").replaceChildren(...items);
    }
    """#
}
