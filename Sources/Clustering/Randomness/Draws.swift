/// Random numbers by their number: draw 7 of a purpose is the same whether or not draw 6 was made,
/// so neither block sizes nor threads change a result.
package struct Draws: Sendable, Hashable {
  /// The purpose of draws; each has draws of its own. The raw values are part of the meaning of a
  /// seed: they never change.
  package enum Purpose: UInt32, Sendable {
    /// The key of a row when initial centroids are drawn among rows.
    case randomRows = 1
    /// The place of the next initial centroid in the distribution of squared distances.
    case plusPlus = 2
    /// Synthetic data.
    case synthetic = 3
    /// Whether a point of a stream becomes a centroid of the sketch, by its place in the stream.
    case sketch = 4
    /// The order in which the centroids of a sketch are clustered anew.
    case sketchOrder = 5
    /// Whether they remain centroids.
    case sketchCollapse = 6
    /// Whether the centroids of another sketch become centroids of this one.
    case sketchMerge = 7
    /// The choice of the points that ball k-means keeps to test with.
    case testPoints = 8
    /// The first centroid of Ostrovsky's seeding.
    case firstPair = 9
    /// The directions that a searcher projects on.
    case searchBasis = 10
    /// The key of a row when the silhouette of a sample is taken.
    case silhouetteSample = 20
    /// The values of the references of a gap statistic.
    case gapReference = 21
    /// The key of a row when a report draws some of the points.
    case reportSample = 22
    /// The centers that a scene begins with.
    case sceneCenters = 30
    /// How they move; the run is the number of the batch.
    case sceneMoves = 31
    /// The cluster of each row of a scene; the run is the number of the batch, also below.
    case sceneClusters = 32
    /// The coordinates of its rows.
    case scenePoints = 33
    /// When they come, and when they happened.
    case sceneTimes = 34
  }

  private let seed: UInt64
  private let purpose: Purpose
  private let run: UInt32

  /// The draws for one purpose.
  ///
  /// - Parameter run: the number of the repetition, for the restarts of an algorithm.
  package init(seed: UInt64, purpose: Purpose, run: Int = 0) {
    self.seed = seed
    self.purpose = purpose
    self.run = UInt32(truncatingIfNeeded: run)
  }

  /// 64 random bits.
  package func bits(_ number: Int) -> UInt64 {
    let number = UInt64(bitPattern: Int64(number))
    let block = Philox.block(
      (
        UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32),
        run, purpose.rawValue
      ),
      key: (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
    return UInt64(block.0) | UInt64(block.1) << 32
  }

  /// A number at least 0 and less than 1: a multiple of 2^-53.
  package func uniform(_ number: Int) -> Double {
    Double(bits(number) >> 11) * 0x1p-53
  }

  /// A number above 0 and at most 1, for logarithms.
  package func positiveUniform(_ number: Int) -> Double {
    Double((bits(number) >> 11) + 1) * 0x1p-53
  }
}

/// Philox4x32-10: random bits as a function of a key and a counter (Salmon, Moraes, Dror, Shaw,
/// Parallel random numbers: as easy as 1, 2, 3, SC 2011). No state: any draw can be made at any
/// time, in any order, on any thread.
package enum Philox {
  /// 128 random bits for a counter of 128 bits and a key of 64.
  package static func block(
    _ counter: (UInt32, UInt32, UInt32, UInt32), key: (UInt32, UInt32)
  ) -> (UInt32, UInt32, UInt32, UInt32) {
    var (x, k) = (counter, key)
    for _ in 0..<10 {
      let a = UInt64(x.0) * 0xD251_1F53
      let b = UInt64(x.2) * 0xCD9E_8D57
      x = (
        UInt32(b >> 32) ^ x.1 ^ k.0, UInt32(truncatingIfNeeded: b),
        UInt32(a >> 32) ^ x.3 ^ k.1, UInt32(truncatingIfNeeded: a)
      )
      k = (k.0 &+ 0x9E37_79B9, k.1 &+ 0xBB67_AE85)
    }
    return x
  }
}
