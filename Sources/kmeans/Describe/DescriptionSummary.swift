import Clustering
import Foundation
import KMeansFiles

/// What `kmeans describe` tells people: the largest clusters, and the columns that separate each
/// most from the others. No line is longer than 100 columns, but for names of files.
struct DescriptionSummary {
  let description: ClusterDescription
  /// The facts of the run, where there are points.
  let run: RunFacts?
  /// How many columns of each cluster are listed.
  let top: Int

  /// The largest number of clusters that are listed.
  private static let shown = 50
  /// The largest width of a name.
  private static let nameWidth = 36

  var lines: [String] {
    let order = description.largestFirst
    let names = description.names.all
    var (table, headings) = (Table(leading: [0]), [(place: Int, line: String)]())
    table.add(["", "centroid", "mean", "sd", "from the mean"])
    var count = 1
    for cluster in order.prefix(Self.shown) {
      headings.append((count, heading(cluster)))
      for separation in description.separations(of: cluster, top: top) {
        table.add(cells(separation, names[separation.column]))
        count += 1
      }
    }
    // The headings stand between lines of one table, so that its columns are as wide everywhere.
    let rows = table.lines
    var lines = introduction + ["", rows[0]]
    for (index, (place, heading)) in headings.enumerated() {
      let end = index + 1 < headings.count ? headings[index + 1].place : rows.count
      lines += [heading] + rows[place..<end] + examples(order[index])
    }
    let rest = order.count - headings.count
    if rest > 0 {
      lines.append("... \(counted(rest, "more cluster")): --json or --csv OUT has all")
    }
    return lines
  }

  /// What is described, and what is compared with what.
  private var introduction: [String] {
    let columns = description.centroids.columns
    let separating = top == 1 ? "the one that separates" : "the \(top) that separate"
    var lines = [
      "\(description.path): \(counted(description.sizes.count, "cluster")) of "
        + counted(columns, "column")
        + (top < columns ? ", \(separating) each most" : "")
    ]
    if let points = description.points, let run {
      lines += [
        "\(points.path): \(counted(run.points, "point")), assigned in \(short(run.seconds ?? 0)) s "
          + "(\(run.machine))",
        "mean and sd are those of the points; "
          + (points.idName.map { "rows are named by \(quoted($0))" } ?? "rows count from 1"),
      ]
    } else {
      lines += [
        "mean and sd are those of the centroids, by the weights of their clusters; those of points,",
        "and examples, take a file of points: kmeans describe MODEL INPUT",
      ]
    }
    return lines + units
  }

  /// What the numbers are of where rows were transformed.
  var units: [String] {
    let transform = description.transform
    if transform.normalizes {
      let rows =
        transform.normalizesCentroids
        ? "the distance is cosine: centroids are directions, and numbers are those of rows of length 1"
        : "numbers are those of rows of length 1, and centroids are their means"
      guard let standardization = transform.standardization else { return [rows] }
      return [
        "\(rows),",
        standardization.centers
          ? "made so of standardised columns, with the standardisation undone"
          : "made so of scaled columns, with the scale undone",
      ]
    }
    guard !transform.isIdentity, description.points != nil else { return [] }
    let rows =
      transform.linear != nil
      ? "transformed rows\(transform.units)"
      : "\(transform.scalesColumns ? "scaled" : "standardised") columns"
    return ["distances are those of \(rows); all else is in the units of the points"]
  }

  /// `cluster 3 (id 17): 280790 points, 56.8 %, 12.3 % of the inertia`.
  private func heading(_ cluster: Int) -> String {
    let id = description.ids.map { " (id \($0[cluster]))" } ?? ""
    let size = description.sizes[cluster]
    let what =
      description.points == nil
      ? "weight \(String(format: "%.6g", size))" : counted(Int(size), "point")
    var line = "cluster \(cluster)\(id): \(what), \(Self.percent(description.share(cluster)))"
    if let share = description.inertiaShare(cluster) {
      line += ", \(Self.percent(share)) of the inertia"
    }
    return line
  }

  private func cells(_ separation: Separation, _ name: String) -> [String] {
    let numbers = [separation.centroid, separation.mean, separation.deviation]
    return ["  " + shortened(visible(name), to: Self.nameWidth)]
      + numbers.map { String(format: "%.6g", $0) }
      + [separation.score.map { String(format: "%+.3g sd", $0) } ?? "-"]
  }

  /// `nearest rows 17 (0.012), 99 (0.013)`, as many as fit.
  private func examples(_ cluster: Int) -> [String] {
    guard let rows = description.points?.nearest[cluster].rows, !rows.isEmpty else { return [] }
    var line = "  nearest \(rows.count == 1 ? "row" : "rows")"
    for (index, example) in rows.enumerated() {
      let next =
        "\(index > 0 ? "," : "") \(example.id.map(Self.name) ?? "\(example.row + 1)") at \(short(description.distance(example.squaredDistance)))"
      if line.count + next.count > 95 { return [line + ", ..."] }
      line += next
    }
    return [line]
  }

  /// An id as a line shows it.
  private static func name(_ id: String) -> String {
    quoted(shortened(id, to: nameWidth))
  }

  private static func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
}
