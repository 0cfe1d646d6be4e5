import Clustering
import Foundation
import KMeansFiles
import KMeansReports

/// The page of a clustering: what is known of it decides what is on it.
struct ClusterPage {
  private(set) var description: ClusterDescription
  /// The centroids of transformed points, row after row [k x d].
  let centroids: [Double]
  /// Some of the points.
  var drawn: DrawnPoints?
  /// The weighted sum of the squared distances, or of distances, of points to their centroids.
  var inertia: Double?
  /// The iterations of a fit that this page has made.
  var history: [KMeans.Iteration] = []
  /// How many of the points are drawn.
  let mostDrawn: Int
  /// How many columns of a cluster are shown.
  let top: Int
  /// Figures of how the clusters were found.
  var facts: [Page.Fact] = []
  /// What else should be known.
  var notes: [String] = []
  let colors: ClusterColors
  /// The heaviest terms of each cluster, where columns are terms with names.
  private(set) var terms: TopTerms?

  /// - Throws: where the names of columns are not those of the model.
  init<Scalar: ClusteringScalar>(
    _ description: ClusterDescription, _ model: KMeansModel<Scalar>, _ options: ReportOutputOptions
  ) throws {
    self.description = description
    centroids = model.transformedCentroids.doubleValues
    if let path = options.featureNames {
      let names = try FeatureNames(path, columns: model.dimension).all
      self.description.names = ColumnNames(names)
      terms = TopTerms(centroids, names: names, top: options.top)
    }
    (mostDrawn, top) = (options.sample, options.top)
    colors = ClusterColors(order: description.largestFirst)
  }

  var clusterCount: Int { description.sizes.count }
  var dimension: Int { description.centroids.columns }

  /// The name of a cluster, with its id where it has one.
  func name(_ cluster: Int) -> String {
    "cluster \(cluster)" + (description.ids.map { " (id \($0[cluster]))" } ?? "")
  }

  /// The unit of inertia: what is summed up.
  var inertiaUnit: String {
    description.distance.inertiaUnit + description.transform.units
  }

  /// The unit of distances of points as they are compared.
  var planeUnit: String {
    let units = description.transform.units
    return units.isEmpty ? "units of the points" : String(units.dropFirst(2).dropLast())
  }

  /// What a size is: points, or a weight where there are no points.
  func size(_ cluster: Int) -> String {
    let size = description.sizes[cluster]
    return description.points == nil && size.rounded() != size
      ? numberText(size, digits: 6) : numberText(size, digits: 12)
  }

  /// Adds what there is to see to a page, under some names.
  func add(to page: inout Page) {
    page.facts += [
      Page.Fact("clusters", countText(clusterCount)), Page.Fact("columns", countText(dimension)),
    ]
    if let drawn { page.facts.append(Page.Fact("points", countText(drawn.total))) }
    if let inertia {
      page.facts.append(Page.Fact("inertia", numberText(inertia, digits: 6)))
    }
    page.facts += facts
    page.notes += notes + units
    addPlane(to: &page)
    addSizes(to: &page)
    addTerms(to: &page)
    addMeaning(to: &page)
    addSilhouettes(to: &page)
    addHistory(to: &page)
  }

  /// What the numbers are of, where rows were transformed.
  private var units: [String] {
    let lines = DescriptionSummary(description: description, run: nil, top: top).units
    let text = lines.joined(separator: " ")
    let inertia = self.inertia == nil ? [] : ["Inertia is the sum of \(inertiaUnit)."]
    return inertia + (text.isEmpty ? [] : ["\(text.prefix(1).uppercased())\(text.dropFirst())."])
  }
}

extension DistanceMeasure {
  /// What inertia is a sum of.
  var inertiaUnit: String {
    guard hasMeans else { return "distances, \(kind.rawValue)" }
    return "squared distances" + (self == .euclidean ? "" : ", \(kind.rawValue)")
  }
}

/// The name of a file without its folder.
func lastName(_ path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

extension GivenCentroids {
  /// A model of any type.
  init<Scalar: ClusteringScalar>(_ model: KMeansModel<Scalar>) {
    if let floats = model as? KMeansModel<Float> {
      self = .floats(floats)
    } else if let doubles = model as? KMeansModel<Double> {
      self = .doubles(doubles)
    } else {
      preconditionFailure("models are of floats or doubles")
    }
  }
}
