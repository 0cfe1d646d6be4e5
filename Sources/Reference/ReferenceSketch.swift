/// A streaming sketch from its rule (Mahout's StreamingKMeans, after Shindler, Wong and Meyerson,
/// Fast and accurate k-means for large datasets, 2011), one point at a time, every distance
/// computed.
public struct ReferenceSketch {
  /// The treatment of a sketch that is too large.
  public enum Collapse: Sendable {
    /// Recluster once; where more than the wanted number remain, the cutoff grows by beta
    /// afterwards.
    case once
    /// The cutoff grows by beta and the sketch is reclustered, until at most the wanted number
    /// remain.
    case paper
    /// Like `once`, but the cutoff grows until the wanted number is expected to remain.
    case jump
  }

  /// The parameters of the rule.
  public struct Rule: Sendable {
    public var beta = 1.3
    public var logFactor: Double
    public var overshoot = 2.0
    public var collapse = Collapse.once
    /// Whether points count by their distance, not by its square.
    public var takesRoots = false
    public init(logFactor: Double) { self.logFactor = logFactor }
  }

  /// The random numbers, at least 0 and less than 1, by their numbers.
  public struct Uniforms {
    /// The number for a point, by its place in the stream.
    public var point: (Int) -> Double
    /// The number for the order of a collapse, by its number and the place that is drawn for.
    public var order: (_ collapse: Int, _ place: Int) -> Double
    /// The number for a centroid in a collapse, by its number and the centroid's place in that
    /// order.
    public var collapse: (_ collapse: Int, _ place: Int) -> Double
    /// The number for a centroid of another sketch, by the number of those merged before it.
    public var merge: (Int) -> Double

    public init(
      point: @escaping (Int) -> Double, order: @escaping (Int, Int) -> Double,
      collapse: @escaping (Int, Int) -> Double, merge: @escaping (Int) -> Double
    ) {
      self.point = point
      self.order = order
      self.collapse = collapse
      self.merge = merge
    }
  }

  /// A centroid, or a point on its way to one; in the frame of ``shift``.
  public struct Entry {
    public var center: [Double]
    public var weight: Double
    public var squaredError: Double
  }

  /// The decision about an entry: the first of all costs nothing that is known.
  struct Decision {
    let weight: Double
    let cost: Double?
  }

  let rule: Rule
  let uniforms: Uniforms
  /// The shift that is subtracted from every column [d].
  public let shift: [Double]
  public internal(set) var entries: [Entry] = []
  /// What a point of weight 1 costs that certainly becomes a centroid; `nil` while none is known.
  public internal(set) var cutoff: Double?
  /// The box of the points that have a weight; empty before the first.
  private var (least, most): ([Double], [Double]) = ([], [])
  /// The smallest weight of the points that came while no cutoff was known.
  var lightest: Double
  /// The number of centroids that are wanted.
  public internal(set) var wanted: Int
  public internal(set) var collapseCount = 0
  /// The number of centroids of other sketches that were merged.
  private var mergedCount = 0
  /// The number of points that came, those without weight included.
  public var pointCount = 0

  /// A sketch without any point.
  ///
  /// - Parameters:
  ///   - first: the first rows of the stream, at most 1,000; the shift is their mean, rounded to a
  ///     type, or where that is far from most of them their median.
  ///   - firstWeights: their weights; `nil` for 1 each.
  ///   - cutoff: the first cutoff; `nil` for the smallest positive squared distance between these
  ///     rows, times their smallest weight.
  public init<Scalar: BinaryFloatingPoint>(
    first: [[Double]], firstWeights: [Double]? = nil, wanted: Int, cutoff: Double?, rule: Rule,
    uniforms: Uniforms, of type: Scalar.Type
  ) {
    self.rule = rule
    self.uniforms = uniforms
    self.wanted = wanted
    let shift = Self.shift(first, of: type)
    self.shift = shift
    lightest = (firstWeights ?? first.map { _ in 1 }).filter { $0 > 0 }.min() ?? .infinity
    if cutoff == nil, lightest.isFinite {
      let least = Self.leastDistance(first.map { Self.subtract(shift, from: $0) })
      self.cutoff = least.map { Self.cutoff(rule.takesRoots ? $0.squareRoot() : $0, lightest) }
    } else {
      self.cutoff = cutoff
    }
  }

  /// The mean, unless it is 2^20 times as far from the median as half of the rows are: then the
  /// median.
  private static func shift<Scalar: BinaryFloatingPoint>(
    _ first: [[Double]], of type: Scalar.Type
  ) -> [Double] {
    let mean = first[0].indices.map { column in
      Double(Scalar(first.reduce(0) { $0 + $1[column] } / Double(first.count)))
    }
    // At most 511 rows, at equal distances.
    let size = min(first.count, 511)
    let sample = (0..<size).map { first[$0 * first.count / size] }
    let median = mean.indices.map { column in sample.map { $0[column] }.sorted()[size / 2] }
    let radii = first.map { Reference.squaredDistance($0, median) }.sorted()
    let isFar = Reference.squaredDistance(mean, median) > 0x1p40 * radii[first.count / 2]
    return isFar ? median : mean
  }

  /// The first cutoff, within the range of the numbers.
  static func cutoff(_ distance: Double, _ weight: Double) -> Double {
    min(max(distance * weight, .leastNonzeroMagnitude), .greatestFiniteMagnitude)
  }

  /// Adds a point.
  public mutating func add(_ values: [Double], weight: Double = 1) {
    let place = pointCount
    pointCount += 1
    guard weight > 0 else { return }
    widen(values, values)
    let entry = Entry(
      center: Self.subtract(shift, from: values), weight: weight, squaredError: 0)
    let count = entries.count
    _ = decide(entry, uniform: uniforms.point(place))
    if entries.count > count { shrink() }
  }

  /// Adds the centroids of another sketch, at the smaller cutoff of both.
  public mutating func merge(_ other: ReferenceSketch) {
    pointCount += other.pointCount
    wanted = max(wanted, other.wanted)
    lightest = min(lightest, other.lightest)
    cutoff = [cutoff, other.cutoff].compactMap(\.self).min()
    if !other.least.isEmpty { widen(other.least, other.most) }
    for (entry, center) in zip(other.entries, other.restored) {
      var entry = entry
      // In the same frame no value is rounded.
      if other.shift != shift { entry.center = Self.subtract(shift, from: center) }
      let count = entries.count
      _ = decide(entry, uniform: uniforms.merge(mergedCount))
      mergedCount += 1
      if entries.count > count { shrink() }
    }
  }

  /// The centroids in the units of the points, within the box of the points that have a weight.
  public var centers: [[Double]] {
    restored.map { center in
      center.indices.map { min(max(center[$0], least[$0]), most[$0]) }
    }
  }

  /// The centroids out of the frame, as rounding left them.
  private var restored: [[Double]] {
    entries.map { entry in entry.center.indices.map { entry.center[$0] + shift[$0] } }
  }

  private mutating func widen(_ low: [Double], _ high: [Double]) {
    (least, most) = (
      least.isEmpty ? low : zip(least, low).map { min($0, $1) },
      most.isEmpty ? high : zip(most, high).map { max($0, $1) }
    )
  }

  static func subtract(_ shift: [Double], from values: [Double]) -> [Double] {
    values.indices.map { values[$0] - shift[$0] }
  }

  private static func leastDistance(_ points: [[Double]]) -> Double? {
    var least: Double?
    for (index, point) in points.enumerated() {
      for other in points.prefix(index) {
        let distance = Reference.squaredDistance(point, other)
        if distance > 0, distance < least ?? .infinity { least = distance }
      }
    }
    return least
  }
}
