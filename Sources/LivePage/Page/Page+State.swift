extension Page {
  /// What comes from the stream, and when it is drawn.
  static let scriptOfState = #"""
    const mostSamples = 240;
    let news = null, samples = [], isDue = false;

    // The first event brings the past of the clusters; later ones add what is now.
    function take(message) {
      news = message;
      if (message.samples) samples = message.samples;
      const last = samples[samples.length - 1];
      if (message.now && (!last || last.batch < message.now.batch)) samples.push(message.now);
      else if (message.now) samples[samples.length - 1] = message.now;
      if (samples.length > mostSamples) samples = samples.filter((_, index) => index % 2 === 0 || index === samples.length - 1);
      drawSoon();
    }

    // Not more often than the screen changes; a page that nobody sees draws nothing.
    function drawSoon() {
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        draw();
        if (!performance.getEntriesByName("drawn").length) performance.mark("drawn");
      });
    }

    function draw() {
      if (!news) return;
      const { series } = news, last = series.batch.length - 1;
      const latest = name => last < 0 ? null : series[name][last];
      byId("input").textContent = news.input;
      document.title = `batch ${news.batch}: kmeans stream ${news.input}`;
      show("figures", [
        ["batch", short(news.batch)], ["points", short(news.points)], ["clusters", short(news.clusters)],
        ["inertia per point", short(latest("inertia"))], ["moved", short(latest("moved"))],
        ["outliers", percent(latest("outlierShare"))], ["rows left out", short(news.skipped)],
        ["too late", short(news.late)], ["an update", `${short(1000 * (latest("seconds") ?? 0))} ms`]]);
      drawMap(news, samples);
      drawSizes(news);
      drawWeights(news, samples);
      drawSeries(news);
      drawLives(news);
      listEvents(news);
    }

    function show(id, pairs) {
      byId(id).replaceChildren(...pairs.map(([name, value]) => {
        const [pair, term, figure] = ["div", "dt", "dd"].map(tag => document.createElement(tag));
        term.textContent = name;
        figure.textContent = value;
        pair.append(term, figure);
        return pair;
      }));
    }

    function tell(text, kind) {
      byId("state").textContent = text;
      byId("state").className = kind;
    }

    // The browser connects again by itself where a connection is lost; where it was refused, as
    // when too many pages are open, it does not.
    function connect() {
      const source = new EventSource("events");
      source.onmessage = event => {
        take(JSON.parse(event.data));
        if (news.ended) tell("the input has ended; the last state stays", "");
        else tell("live", "live");
      };
      source.onerror = () => {
        tell("no connection to the stream: trying again", "gone");
        if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
      };
    }
    connect();
    """#
}
