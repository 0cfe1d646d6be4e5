internal import KMeansLocks

/// For each candidate the rows that are nearer to it than to any seed, with their squared distances:
/// all that is needed to know what the candidate would gain, now and after others were chosen.
struct Captures: Sendable {
  /// The rows that one stripe adds, candidate after candidate, each in row order.
  struct Part: Sendable {
    /// Where the rows of each candidate begin, and one entry more.
    var starts: [Int32]
    /// Rows within the stripe.
    var rows: [Int32]
    var distances: [Double]
  }

  /// At most as many candidates, so that their starts take no more than 4 bytes a row.
  static let stripeRows = 2048

  fileprivate(set) var parts: [Part]
  /// For each candidate the first one with the same values, which captures for both.
  fileprivate let representative: [Int32]
  /// The candidates within their round.
  let range: Range<Int>

  /// Calls a closure with the rows of a candidate, ascending.
  ///
  /// - Precondition: it is one of ``range``.
  func forEach(of candidate: Int, _ body: (_ row: Int, _ distance: Double) -> Void) {
    let candidate = Int(representative[candidate - range.lowerBound])
    for (stripe, part) in parts.enumerated() {
      let first = stripe * Self.stripeRows
      for index in Int(part.starts[candidate])..<Int(part.starts[candidate + 1]) {
        body(first + Int(part.rows[index]), part.distances[index])
      }
    }
  }
}

/// The captures of some candidates, as far as there is room for them.
struct FoundCaptures: Sendable {
  /// Nothing where there are more than there is room for.
  let captures: Captures?
  /// How many there are; those of equal candidates count once.
  let total: Int
  /// How many each candidate has.
  let counts: [Int]
}

extension SeedPotential {
  /// What some candidates capture.
  ///
  /// - Parameters:
  ///   - range: which candidates of their round they are.
  ///   - numbers: the rows that the candidates are.
  ///   - room: how many captures may be kept.
  /// - Complexity: O(n m d) for m candidates, one pass over the points.
  func captures(
    of candidates: Matrix<Scalar>, range: Range<Int>, rows numbers: [Int], room: Int
  ) throws(Supply.Failure) -> FoundCaptures {
    let nearest = capturing(candidates, rows: numbers)
    let stripeRows = Captures.stripeRows
    let stripeCount = Stripes.count(rows: supply.count, stripeRows: stripeRows)
    let all = Mutex(
      (
        parts: [Captures.Part?](repeating: nil, count: stripeCount), total: 0,
        counts: [Int](repeating: 0, count: candidates.rows)
      ))
    let distances = distances
    try supply.forEachPart(stripeRows: stripeRows) { pass in
      pass.capture(nearest, limits: distances) { stripe, part in
        all.withLock { all in
          all.total += part.rows.count
          // All are counted in any case: what follows does not depend on threads.
          for candidate in all.counts.indices {
            all.counts[candidate] += Int(part.starts[candidate + 1] - part.starts[candidate])
          }
          if all.total <= room { all.parts[stripe] = part }
        }
      }
    }
    let representative = nearest.packed.representative
    return all.withLock { all in
      let counts = representative.map { all.counts[Int($0)] }
      guard all.total <= room else {
        return FoundCaptures(captures: nil, total: all.total, counts: counts)
      }
      let parts = all.parts.compactMap { $0 }
      precondition(parts.count == stripeCount)
      let captures = Captures(parts: parts, representative: representative, range: range)
      return FoundCaptures(captures: captures, total: all.total, counts: counts)
    }
  }
}

extension SeedPotential {
  /// The candidates of a round, with a filter where that pays: where it rules out enough for some of the candidates themselves,
  /// which lie farther from all seeds than most points.
  private func capturing(
    _ candidates: Matrix<Scalar>, rows numbers: [Int]
  ) -> NearestCentroids<Scalar> {
    func nearest(_ strategy: Strategy) -> NearestCentroids<Scalar> {
      NearestCentroids(
        candidates, frame: frame, strategy: strategy, instructionSet: instructionSet)
    }
    let strategy = Strategy.auto.resolved(
      columns: candidates.columns, clusters: candidates.rows, of: Scalar.self, on: instructionSet)
    guard strategy == .filtered else { return nearest(.blas) }
    let filtered = nearest(strategy)
    let tried = min(candidates.rows, 128)
    let limits = numbers.prefix(tried).map { distances[$0] }
    let pairs = candidates.withRows { rows in
      filtered.captureFiltered(
        rows[0..<tried], limits: limits, scratch: filtered.makeScratch(rows: tried)
      ) { _, _, _ in }
    }
    return pairs <= filtered.mostCandidates * tried ? filtered : nearest(.blas)
  }
}

extension RowPass {
  /// Finds the captures of every stripe.
  ///
  /// - Parameter found: gets the number of a stripe within the whole, and its captures.
  func capture(
    _ nearest: NearestCentroids<Scalar>, limits: [Double],
    _ found: @Sendable (Int, Captures.Part) -> Void
  ) {
    let limit = min(nearest.blockRows, points.count)
    BLASThreads.single {
      shareStripes { stripes in
        let width = nearest.packed.width
        let scratch = nearest.makeScratch(rows: limit)
        let mapped = MappedBlock(map, rows: limit, columns: points.rows.columns)
        let indices = UnsafeMutablePointer<Int32>.allocate(capacity: width)
        defer { indices.deallocate() }
        var list = CaptureList(candidates: nearest.centroids.rows)
        while let stripe = stripes.next() {
          let range = Stripes.range(of: stripe, rows: points.count, stripeRows: stripeRows)
          for block in blocks(of: stripe, limit: limit) {
            let rows = (mapped?.mapped(points[block]) ?? points[block]).rows
            limits.withUnsafeBufferPointer { limits in
              nearest.capture(
                rows, limits: limits.baseAddress! + firstRow + block.lowerBound, scratch: scratch,
                indices: indices
              ) { row, candidate, distance in
                list.append(
                  row: block.lowerBound - range.lowerBound + row, candidate, distance)
              }
            }
          }
          found(firstRow / stripeRows + stripe, list.takePart())
        }
      }
    }
  }
}

/// The captures of one stripe as they are found, row after row.
private struct CaptureList {
  private struct Entry {
    var row: Int32
    var candidate: Int32
    var distance: Double
  }

  private var entries: [Entry] = []
  private var counts: [Int32]

  init(candidates: Int) { counts = Array(repeating: 0, count: candidates + 1) }

  mutating func append(row: Int, _ candidate: Int, _ distance: Double) {
    entries.append(Entry(row: Int32(row), candidate: Int32(candidate), distance: distance))
    counts[candidate + 1] += 1
  }

  /// The captures candidate after candidate (a counting sort, which keeps the rows in order); the
  /// list is empty then.
  mutating func takePart() -> Captures.Part {
    var starts = counts
    for candidate in 1..<starts.count { starts[candidate] += starts[candidate - 1] }
    var next = starts
    var rows = [Int32](repeating: 0, count: entries.count)
    var distances = [Double](repeating: 0, count: entries.count)
    for entry in entries {
      let place = Int(next[Int(entry.candidate)])
      next[Int(entry.candidate)] += 1
      rows[place] = entry.row
      distances[place] = entry.distance
    }
    entries.removeAll(keepingCapacity: true)
    for candidate in counts.indices { counts[candidate] = 0 }
    return Captures.Part(starts: starts, rows: rows, distances: distances)
  }
}
