package import KMeansFiles
internal import KMeansKernelTypes

// The sums of a part as an archive: all that a worker elsewhere has to send.
extension PartSums {
  /// What such archives say they are.
  package static var archiveKind: String { "k-means sums" }

  /// The sums as an archive.
  ///
  /// - Complexity: O(k d log n).
  package var archive: Archive {
    let (nodes, inertias) = (stripes.nodes, exact?.stripedInertia?.nodes.nodes ?? [])
    let isExact = shape.exact != nil
    let places =
      isExact
      ? inertias.map { [$0.place.level, $0.place.index] }
      : nodes.map { [$0.place.level, $0.place.index] }
    var archive = Archive(kind: Self.archiveKind)
    archive.setPrecision(of: Scalar.self)
    archive["clusters"] = .int(Int64(shape.clusters))
    archive["columns"] = .int(Int64(shape.columns))
    archive["withInertia"] = .int(shape.withInertia ? 1 : 0)
    if let exact = shape.exact { archive["splitter"] = .double(exact.splitter) }
    archive["rows"] = .ints(
      rows.ranges.flatMap { [Int64($0.lowerBound), Int64($0.upperBound)] })
    archive["nodes"] = .ints(places.flatMap { $0.map(Int64.init) })
    archive["sums"] = .doubles(isExact ? exact?.values ?? [] : nodes.flatMap(\.value.values))
    archive["inertias"] = .doubles(
      isExact ? inertias.flatMap(\.value.lanes) : nodes.flatMap(\.value.inertiaSum.lanes))
    return archive
  }

  /// The sums in an archive.
  ///
  /// - Parameter instructionSet: of whoever goes on with them.
  /// - Throws: ``FileError`` with the section, where they cannot be sums of clusters.
  package init(_ archive: Archive, instructionSet: InstructionSet = .best) throws {
    let parts = SumsArchive<Scalar>(archive)
    let (shape, kernels) = (try parts.shape(), KernelSet<Scalar>.compiled(for: instructionSet))
    let rows = try parts.rows(stripeRows: shape.stripeRows)
    let isExact = shape.exact != nil
    let places =
      isExact && !shape.withInertia
      ? [] : try parts.places(covering: rows, stripeRows: shape.stripeRows)
    let inertias = try parts.inertias(places.count)
    let count = isExact ? (rows.isEmpty ? 0 : 1) : places.count
    let rowCounts =
      isExact ? [rows.count] : places.map { rows.count(ofStripesAt: $0, shape.stripeRows) }
    var sums = try parts.sums(count, shape, kernels, rowCounts: rowCounts)
    var stripes = StripeCounter<ClusterSums<Scalar>>()
    if !isExact {
      for (node, place) in places.enumerated() {
        sums[node].inertiaSum = inertias[node]
        stripes.add(sums[node], at: StripeCounter.Place(place)) { $0.merge($1) }
      }
    } else if !sums.isEmpty {
      var counter = StripeCounter<InertiaSum>()
      for (node, place) in places.enumerated() {
        counter.add(inertias[node], at: StripeCounter.Place(place)) { $0.merge($1) }
      }
      sums[0].stripedInertia = StripedInertia(stripeRows: shape.stripeRows, counter)
    }
    self.init(rows, shape, kernels, stripes: stripes, exact: isExact ? sums.first : nil)
  }
}

/// The parts of sums in an archive, checked.
private struct SumsArchive<Scalar: ClusteringScalar> {
  typealias Place = (level: Int, index: Int)

  let archive: Archive

  init(_ archive: Archive) { self.archive = archive }

  func shape() throws -> ClusterSums<Scalar>.Shape {
    try archive.checkPrecision(of: Scalar.self)
    var exact: ExactSums?
    if archive["splitter"] != nil {
      let splitter = try archive.double("splitter")
      guard splitter > 0, splitter.isFinite, splitter.significand == 1.5 else {
        throw archive.wrong("splitter", "is \(splitter), which splits nothing")
      }
      exact = ExactSums(splitter: splitter)
    }
    let (clusters, columns) = (try count("clusters"), try count("columns"))
    guard SumLayout(columns: columns).stride < (1 << 53) / clusters else {
      throw archive.wrong("columns", "are \(columns), too many for \(counted(clusters, "cluster"))")
    }
    return ClusterSums<Scalar>.Shape(
      clusters: clusters, columns: columns, withInertia: try archive.flag("withInertia"),
      exact: exact)
  }

  private func count(_ name: String) throws -> Int {
    let value = try archive.int(name)
    guard value > 0, value <= Int32.max else {
      throw archive.wrong(name, "is \(value), expected a number from 1 to \(Int32.max)")
    }
    return Int(value)
  }

  /// The rows that were added: ranges that rise and do not touch, each from the border of a stripe
  /// on.
  func rows(stripeRows: Int) throws -> RangeSet<Int> {
    let borders = try archive.ints("rows").map { Int($0) }
    let starts = stride(from: 0, to: borders.count, by: 2)
    guard borders.count % 2 == 0, borders.allSatisfy({ $0 >= 0 && $0 < 1 << 53 }),
      zip(borders, borders.dropFirst()).allSatisfy({ $0 < $1 }),
      starts.allSatisfy({ borders[$0] % stripeRows == 0 })
    else { throw archive.wrong("rows", "are not ranges of rows, ascending, of whole stripes") }
    return RangeSet(starts.map { borders[$0]..<borders[$0 + 1] })
  }

  /// Where the nodes stand: all stripes of the rows, each once, in their order.
  func places(covering rows: RangeSet<Int>, stripeRows: Int) throws -> [Place] {
    let numbers = try archive.ints("nodes").map { Int($0) }
    let problem = archive.wrong("nodes", "are not the stripes of the rows, each once, in order")
    guard numbers.count % 2 == 0 else { throw problem }
    var (places, place) = ([Place](), 0)
    for range in rows.ranges {
      var next = range.lowerBound / stripeRows
      let end = (range.upperBound + stripeRows - 1) / stripeRows
      while next < end {
        guard place < numbers.count else { throw problem }
        let (level, index) = (numbers[place], numbers[place + 1])
        guard level >= 0, level < 53, index >= 0, index < 1 << (53 - level), index << level == next
        else { throw problem }
        places.append((level, index))
        place += 2
        next = (index + 1) << level
      }
      guard next == end else { throw problem }
    }
    guard place == numbers.count else { throw problem }
    return places
  }

  func inertias(_ count: Int) throws -> [InertiaSum] {
    let values: [Double] = try archive.vector("inertias")
    guard values.count == 8 * count, values.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw archive.wrong("inertias", "are not eight finite numbers a node, at least 0")
    }
    return (0..<count).map { InertiaSum(lanes: Array(values[8 * $0..<8 * ($0 + 1)])) }
  }

  func sums(
    _ count: Int, _ shape: ClusterSums<Scalar>.Shape, _ kernels: KernelSet<Scalar>,
    rowCounts: [Int]
  ) throws -> [ClusterSums<Scalar>] {
    let values: [Double] = try archive.vector("sums")
    let (expected, overflow) = shape.count.multipliedReportingOverflow(by: count)
    let limit = SumLimits.largest
    guard !overflow, values.count == expected, values.allSatisfy({ $0.magnitude <= limit }) else {
      throw archive.wrong(
        "sums",
        "has \(counted(values.count, "value")), expected \(shape.count) a node, none beyond "
          + "\(limit)")
    }
    return try (0..<count).map { place in
      var sums = ClusterSums(shape, kernels)
      for value in sums.values.indices { sums.values[value] = values[place * shape.count + value] }
      var rows = 0
      for cluster in 0..<shape.clusters {
        let number = sums.values[shape.layout.number(of: cluster)]
        guard number >= 0, number < 0x1p53, number == number.rounded(),
          sums.values[shape.layout.weight(of: cluster)] >= 0
        else { throw archive.wrong("sums", "has a weight or a number of rows that is none") }
        rows &+= Int(number)
      }
      guard rows >= 0, rows <= rowCounts[place] else {
        throw archive.wrong(
          "sums", "is of \(counted(rows, "row")) where there are \(rowCounts[place])")
      }
      return sums
    }
  }
}

extension RangeSet<Int> {
  /// The number of these rows, ranges that begin at borders of stripes.
  fileprivate var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// The number of these rows in the stripes of a node.
  fileprivate func count(ofStripesAt place: (level: Int, index: Int), _ stripeRows: Int) -> Int {
    let first = (place.index << place.level) * stripeRows
    let node = RangeSet(first..<first + (1 << place.level) * stripeRows)
    return intersection(node).count
  }
}

extension StripeCounter.Place {
  fileprivate init(_ place: (level: Int, index: Int)) {
    self.init(level: place.level, index: place.index)
  }
}
