// The page: the same for every stream, so that no text of the input is in it.

/// The page of a stream, in three texts. What it shows comes as events of `/events`.
package enum Page {
  /// The frame of the page. Names of files and columns come later, as texts and never as HTML.
  package static let html = #"""
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>kmeans stream</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="page.css">
    <script src="page.js" defer></script>
    </head>
    <body>
    <header>
    <h1>kmeans stream <span id="input"></span></h1>
    <p id="state" role="status">connecting</p>
    </header>
    <noscript><p>The charts need JavaScript; <a href="metrics">metrics</a> and the
    <a href="model">model</a> do not.</p></noscript>
    <dl id="figures"></dl>
    <main>
    <figure><figcaption>Centroids <small id="map-note"></small></figcaption>
    <svg id="map" viewBox="0 0 480 320" role="img" aria-label="Centroids and their ways"></svg></figure>
    <figure><figcaption>Sizes <small id="sizes-note"></small></figcaption>
    <svg id="sizes" viewBox="0 0 480 320" role="img" aria-label="The weight of each cluster"></svg></figure>
    <figure><figcaption>Inertia per point <small>of each batch</small></figcaption>
    <svg id="inertia" viewBox="0 0 480 220" role="img" aria-label="Inertia per point by batch"></svg></figure>
    <figure><figcaption>Weights <small>by batch, on a logarithmic scale</small></figcaption>
    <svg id="weights" viewBox="0 0 480 220" role="img" aria-label="Weights by batch"></svg></figure>
    <figure><figcaption>Movement <small>the largest move of a centroid in a batch</small></figcaption>
    <svg id="moved" viewBox="0 0 480 220" role="img" aria-label="Movement by batch"></svg></figure>
    <figure><figcaption>Drift <small id="drift-note"></small></figcaption>
    <svg id="drift" viewBox="0 0 480 220" role="img" aria-label="Drift by batch"></svg></figure>
    <figure><figcaption>Lives of clusters <small id="lives-note"></small></figcaption>
    <svg id="lives" viewBox="0 0 480 320" role="img" aria-label="When clusters were born and died"></svg></figure>
    <figure><figcaption>Events <small>the last first</small></figcaption><ol id="events"></ol></figure>
    <figure><figcaption>Outliers <small>the share of points with a score above 4</small></figcaption>
    <svg id="outliers" viewBox="0 0 480 220" role="img" aria-label="Share of outliers by batch"></svg></figure>
    <figure><figcaption>Rows left out <small id="skipped-note"></small></figcaption>
    <svg id="skipped" viewBox="0 0 480 220" role="img" aria-label="Rows left out by batch"></svg></figure>
    </main>
    <footer><a href="metrics">metrics</a> <a href="model">model</a></footer>
    </body>
    </html>
    """#

  /// The script, of files that each draw something.
  package static let script = [
    scriptOfShapes, scriptOfLines, scriptOfClusters, scriptOfLives, scriptOfState,
  ].joined(separator: "\n")
}
