internal import KMeansKernelTypes

// What another sketch knows comes to one, and the frame in which both have room.
extension Sketcher {
  /// Adds the centroids of another sketch, in the order of its slots, as Mahout's reducer does: at the
  /// smaller cutoff of both, by the same rule, and in a frame in which the rows of both keep their digits.
  ///
  /// - Complexity: O(m1 m2 d).
  mutating func merge(_ other: Sketcher) {
    pointCount += other.pointCount
    redecidedCount += other.redecidedCount
    rounding.add(other.rounding)
    numClusters = max(numClusters, other.numClusters)
    lightest = min(lightest, other.lightest)
    if let cutoff, let theirs = other.cutoff { self.cutoff = min(cutoff, theirs) }
    cutoff = cutoff ?? other.cutoff
    let frame = frame(with: other)
    if frame != shift { move(to: frame) }
    let source = other.entries(in: shift, for: parameters)
    var pass = Pass(
      draws: Draws(seed: parameters.seed, purpose: .sketchMerge), firstDraw: mergedCount)
    mergedCount += source.count
    withThreads { $0.take(source, &pass) }
  }

  /// The centroids as they look in another frame.
  ///
  /// - Parameter others: say what kernels are used; those of this sketch otherwise.
  func entries(in frame: [Double], for others: SketchParameters? = nil) -> SketchedPoints {
    let count = centroids.count * columns
    var places = Array(UnsafeBufferPointer(start: centroids.places, count: count))
    var entries = Array(UnsafeBufferPointer(start: centroids.entries, count: centroids.count))
    if frame != shift {
      for slot in entries.indices {
        var squares = 0.0
        for column in 0..<columns {
          // Two roundings, relative to where it is in the units of the points and in the new frame.
          let place = places[slot * columns + column] + shift[column]
          let new = place - frame[column]
          places[slot * columns + column] = new
          squares += place * place + new * new
        }
        entries[slot].placeError += 2 * Double.unitRoundoff * squares.squareRoot()
      }
    }
    return SketchedPoints(
      places: places, entries: entries, columns: columns,
      kernels: .compiled(for: (others ?? parameters).execution.kernels))
  }

  /// The frame in which this sketch and another one can be kept together: in each column its own shift, where
  /// that loses no digits of the other's rows, as between sketches of one data set; else the other's, where
  /// that loses none of its own; else 0, where places are the values themselves.
  private func frame(with other: Sketcher) -> [Double] {
    shift.indices.map { column in
      let (own, theirs) = (shift[column], other.shift[column])
      if other.keepsDigits(of: column, at: own) { return own }
      return keepsDigits(of: column, at: theirs) ? theirs : 0
    }
  }

  /// Whether a column of the places keeps its digits where the shift s of the frame becomes another one, s'.
  ///
  /// A place has an error of 2^-53 of its size. Values near s have that error as they are, which is not made
  /// larger while |s - s'| is at most |s|: at 0 never. Otherwise places grow from |x - s| to about |s - s'|. By
  /// 2^20 times they may, as in ``SketchShift``; more than a sixteenth of the weight must not lose more, however
  /// much lies elsewhere. Places of 0, or of the rounding of s, have no digits to lose.
  ///
  /// - Complexity: O(1), or O(m) where the frames are that far apart.
  private func keepsDigits(of column: Int, at other: Double) -> Bool {
    let (own, distance) = (shift[column].magnitude, (shift[column] - other).magnitude)
    if distance <= own { return true }
    var (near, far) = (0.0, 0.0)
    for slot in 0..<centroids.count {
      let place = centroids.places[slot * columns + column].magnitude
      guard place > own * 0x1p-50 else { continue }
      let weight = centroids.entries[slot].weight
      if place < distance * 0x1p-20 { near += weight } else { far += weight }
    }
    return near <= (near + far) / 16
  }
}
