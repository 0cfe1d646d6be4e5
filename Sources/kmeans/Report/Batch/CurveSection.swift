import Clustering
import KMeansFiles
import KMeansReports

/// What more clusters bring: the curve of `kmeans elbow`.
struct CurveSection {
  private let curve: ElbowCurve
  private let knee: Int?
  private let suggestion: ElbowCurve.Suggestion
  private let unit: String

  /// - Parameter unit: what inertia is a sum of.
  init(_ curve: ElbowCurve, unit: String) throws {
    (self.curve, self.unit) = (curve, unit)
    knee = try curve.knee()
    suggestion = try curve.suggestion()
  }

  /// The number of clusters to look at: the one that most criteria give, else that of the knee,
  /// else that of the best silhouette.
  var chosen: Int {
    let best = curve.fits.max {
      ($0.indices?.simplifiedSilhouette ?? -2, $1.clusters)
        < ($1.indices?.simplifiedSilhouette ?? -2, $0.clusters)
    }
    return suggestion.agreed ?? knee ?? best?.clusters ?? 1
  }

  /// Adds it to a page.
  ///
  /// - Parameters:
  ///   - chosen: the number that the rest of the page is about.
  ///   - isAsked: whether the user chose it.
  func add(to page: inout Page, chosen: Int, isAsked: Bool) {
    page.add("elbow", "How many clusters") { section in
      section.addText(text(chosen, isAsked: isAsked))
      addInertia(chosen, &section)
      section.add("div", ["class": "grid"]) { grid in
        addIndex("simplified silhouette", "larger is better", .silhouette, chosen, &grid) {
          $0.simplifiedSilhouette
        }
        addIndex("Davies-Bouldin", "smaller is better", .daviesBouldin, chosen, &grid) {
          $0.daviesBouldin
        }
        addIndex("Calinski-Harabasz", "larger is better", .calinskiHarabasz, chosen, &grid) {
          $0.calinskiHarabasz
        }
      }
      addTable(&section)
    }
  }

  private func text(_ chosen: Int, isAsked: Bool) -> String {
    let names: [ElbowCurve.Suggestion.Criterion: String] = [
      .silhouette: "the silhouette", .daviesBouldin: "Davies-Bouldin",
      .calinskiHarabasz: "Calinski-Harabasz", .knee: "the knee", .gap: "the gap",
    ]
    let votes = suggestion.votes.map { "\(names[$0.criterion] ?? "") \($0.clusters)" }
    let said = votes.isEmpty ? "" : " (\(votes.joined(separator: ", ")))"
    let shown =
      isAsked
      ? "The rest of this page is about \(chosen), as asked for."
      : "The rest of this page is about \(chosen)."
    guard let clusters = suggestion.clusters else {
      let doubt = curve.doubt(about: suggestion.agreed).map { ": \($0)" } ?? ""
      return "No number of clusters is clear\(said)\(doubt). \(shown)"
    }
    return "Most criteria suggest \(counted(clusters, "cluster"))\(said). \(shown)"
  }

  private var clusters: Axis {
    Axis("clusters", .linear(curve.fits.map { Double($0.clusters) }, isWhole: true))
  }

  private func addInertia(_ chosen: Int, _ section: inout Markup) {
    let points = curve.fits.map { (x: Double($0.clusters), y: $0.inertia) }
    // Where nothing is left to explain there is no logarithm.
    let scale = Scale.logarithmic(points.map(\.y)) ?? .linear(points.map(\.y), hasZero: true)
    var line = LineChart.Line(
      "inertia", points.map { ($0.x, scale.kind == .linear || $0.y > 0 ? $0.y : .nan) }, color: 0)
    line.hasMarks = points.count <= 60
    var chart = LineChart(
      Plot(
        "Inertia over the number of clusters", x: clusters, y: Axis("inertia (\(unit))", scale)),
      [line])
    if let knee {
      chart.rules.append(.init(Double(knee), "knee at \(knee)", isUpright: true))
    }
    if chosen != knee {
      chart.rules.append(.init(Double(chosen), "this page: \(chosen)", isUpright: true))
    }
    section.addFigure(
      chart.markup,
      caption:
        "By logarithms, so that equal steps down take equal shares of what is left. The knee is "
        + "found by Kneedle (Satopaa and others, 2011): behind it a cluster more takes hardly any.")
  }

  private func addIndex(
    _ name: String, _ meaning: String, _ criterion: ElbowCurve.Suggestion.Criterion,
    _ chosen: Int, _ grid: inout Markup, _ value: (ClusterIndices) -> Double?
  ) {
    let points = curve.fits.map { (x: Double($0.clusters), y: $0.indices.flatMap(value) ?? .nan) }
    guard points.contains(where: { $0.y.isFinite }) else { return }
    var line = LineChart.Line(name, points, color: 2)
    line.hasMarks = points.count <= 60
    var plot = Plot(name, x: clusters, y: Axis(name, .linear(points.map(\.y))), height: 250)
    plot.width = 440
    var chart = LineChart(plot, [line])
    if let best = suggestion.votes.first(where: { $0.criterion == criterion })?.clusters {
      chart.rules.append(.init(Double(best), "best at \(best)", isUpright: true))
    }
    grid.addFigure(chart.markup, caption: "\(name): \(meaning).")
  }

  private func addTable(_ section: inout Markup) {
    section.addTable(
      [
        "clusters", "inertia", "explained", "simplified silhouette", "Davies-Bouldin",
        "Calinski-Harabasz",
      ],
      curve.fits.map { fit in
        [
          "\(fit.clusters)", numberText(fit.inertia, digits: 6), percentText(curve.explained(fit)),
          fit.indices?.simplifiedSilhouette.map { numberText($0, digits: 3) } ?? "",
          fit.indices?.daviesBouldin.map { numberText($0, digits: 3) } ?? "",
          fit.indices?.calinskiHarabasz.map { numberText($0, digits: 5) } ?? "",
        ]
      }, leading: [])
  }
}
