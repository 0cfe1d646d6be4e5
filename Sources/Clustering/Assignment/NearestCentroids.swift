internal import KMeansKernelTypes

/// The assignment step for one set of centroids: immutable, Sendable, Euclidean.
///
/// **A label is the argmin of `directDistance`, the lowest index on ties.** A strategy only rules
/// out centroids that certainly cannot win, so for one set of centroids the labels are the same
/// bits for every strategy, instruction set, block size and thread count.
package struct NearestCentroids<Scalar: ClusteringScalar>: RowAssigner {
  package internal(set) var centroids: Matrix<Scalar>
  package internal(set) var centering: Centering<Scalar>
  package let strategy: Execution.Strategy
  package let instructionSet: InstructionSet
  let kernels: KernelSet<Scalar>
  let bound: ScoreErrorBound
  /// How many threads pack the centroids.
  let threads: Int
  var packed: PackedCentroids<Scalar>
  /// The centroids as bytes, where the strategy is `filtered`.
  var filter: FilteringCentroids<Scalar>?
  /// Decides the rows that the filter leaves to `fused`.
  var fallback: FusedFallback<Scalar>?

  /// Packs the centroids.
  ///
  /// - Parameters:
  ///   - centroids: k rows of finite values, k from 1 to `Int32.max`.
  ///   - centering: a shift near the data.
  ///   - instructionSet: one that this processor has.
  ///   - order: the centroids in the order in which a filter groups them; `nil` for their own.
  ///   - threads: how many pack them, now and when they move.
  /// - Precondition: ``Execution/Strategy/filtered`` is asked for only where
  ///   ``Execution/Strategy/isAvailable(on:)``.
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package init(
    _ centroids: Matrix<Scalar>, centering: Centering<Scalar>, strategy: Execution.Strategy = .auto,
    instructionSet: InstructionSet = .best, order: [Int32]? = nil, threads: Int = 1
  ) {
    precondition(centroids.rows > 0 && centroids.columns == centering.shift.count)
    self.centroids = centroids
    self.centering = centering
    self.strategy =
      strategy == .auto && centering.mostTerms != nil
      ? .inverted
      : strategy.resolved(
        columns: centroids.columns, clusters: centroids.rows, of: Scalar.self, on: instructionSet)
    self.instructionSet = instructionSet
    self.threads = threads
    kernels = .compiled(for: instructionSet)
    let isInverted = self.strategy == .inverted
    let isFused = self.strategy != .blas && !isInverted
    bound = ScoreErrorBound(
      columns: centroids.columns, of: Scalar.self, fused: isFused,
      terms: isInverted ? centering.mostTerms ?? centroids.columns : nil)
    guard
      let packed = try? PackedCentroids(
        centroids, centering: centering, bound: bound, inGroups: isFused, isInverted: isInverted,
        hasProducts: self.strategy != .filtered, threads: threads)
    else {
      preconditionFailure("a matrix of centroids that exists can be padded")
    }
    self.packed = packed
    if self.strategy == .filtered {
      guard let kernels = FilterKernels<Scalar>.compiled(for: instructionSet) else {
        preconditionFailure("\(instructionSet) cannot multiply bytes")
      }
      filter = FilteringCentroids(
        centroids, centering: centering, firstEqual: packed.firstEqual, kernels: kernels,
        order: order)
      fallback = FusedFallback(centroids, centering: centering, instructionSet: instructionSet)
    }
  }

  package var clusters: Int { centroids.rows }
  package var usesBLAS: Bool { strategy == .blas }
  package var takesCompressed: Bool { strategy == .inverted }

  /// Whether no two centroids are equal.
  var areDistinct: Bool { !packed.hasDuplicates }

  /// The number of rows of a block.
  ///
  /// With BLAS, enough to be worth a GEMM call, which packs the centroids anew each time, and few
  /// enough that its tile of scores stays in the cache; with fused kernels, so many that the packed
  /// rows stay there: ``fusedBlockRows(columns:)``.
  package var blockRows: Int {
    let rows = (1 << 20) / packed.width
    return switch strategy {
    case .fused, .filtered: Self.fusedBlockRows(columns: centroids.columns)
    case .auto, .blas: min(1024, max(128, rows / 64 * 64))
    // As many as are multiplied together; their tile of scores is written and read once.
    case .inverted: min(TermScratch<Scalar>.groupRows, max(16, rows / 16 * 16))
    }
  }

  /// A power of two, which divides a stripe: with the fetched memory and the centroids that pass, a
  /// block stays in the second cache.
  private static func fusedBlockRows(columns: Int) -> Int {
    var rows = 1024
    while rows > 64, rows * columns > 3 << 14 { rows /= 2 }
    return rows
  }

  /// The scratch that blocks of at most so many rows need.
  private func scratchShape(rows: Int) -> AssignmentScratch<Scalar>.Shape {
    AssignmentScratch.Shape(
      rows: rows, columns: centroids.columns, width: packed.width,
      scoreRows: strategy == .blas || strategy == .inverted ? rows : 1,
      filterGroups: filter?.quantized.groupCount ?? 0, isInverted: strategy == .inverted)
  }

  /// Scratch for blocks of at most so many rows.
  package func makeScratch(rows: Int) -> AssignmentScratch<Scalar> {
    AssignmentScratch(scratchShape(rows: rows))
  }

  package func canUse(_ scratch: AssignmentScratch<Scalar>, rows: Int) -> Bool {
    scratch.shape == scratchShape(rows: rows)
  }

  /// Finds the nearest centroid of each row of a block.
  ///
  /// - Parameters:
  ///   - rows: at most as many rows as the scratch is made for, finite, of the centroids'
  ///     dimension.
  ///   - scratch: made by ``makeScratch(rows:)`` of a step with as many centroids.
  ///   - result: one entry a row.
  ///   - ahead: the rows that will probably be read next: they are fetched meanwhile.
  /// - Complexity: O(rows k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func assign(
    _ rows: Rows<Scalar>, scratch: AssignmentScratch<Scalar>, into result: Assignment,
    ahead: Rows<Scalar>?
  ) -> AssignmentCounts {
    precondition(rows.count <= scratch.shape.rows)
    var counts = AssignmentCounts()
    if centroids.rows == 1 {
      assignToOnlyOne(rows, scratch, result)
    } else {
      switch strategy {
      case .fused:
        scratch.notFinite = 0
        counts.redecided = assignFused(rows, scratch, result, ahead)
        counts.notFinite = scratch.notFinite
      case .auto, .blas, .inverted: counts.redecided = assignByProducts(rows, scratch, result)
      case .filtered: counts = assignFiltered(rows, scratch, result, ahead)
      }
    }
    counts.rows = rows.count
    counts.moved = rows.count
    if result.labelsAreKnown {
      counts.moved -= Self.countEqual(result.labels, scratch.labels, rows.count)
    }
    result.labels.update(from: scratch.labels, count: rows.count)
    if let distances = result.distances {
      // Whoever decides by distances has left them.
      let isFiltered = counts.compared > 0 && counts.unfiltered == 0
      if isFiltered || result.wantsSecond && centroids.rows > 1 {
        distances.update(from: scratch.distances, count: rows.count)
      } else {
        directDistances(rows, result.labels, distances)
      }
    }
    return counts
  }

  /// Assigns all rows to the only centroid: nothing is to be ruled out.
  private func assignToOnlyOne(
    _ rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>, _ result: Assignment
  ) {
    scratch.labels.update(repeating: 0, count: rows.count)
    result.secondLabels?.update(repeating: -1, count: rows.count)
    result.secondDistances?.update(repeating: .infinity, count: rows.count)
  }

  /// The number of labels that are the same, eight at a time.
  private static func countEqual(
    _ old: UnsafePointer<Int32>, _ new: UnsafePointer<Int32>, _ count: Int
  ) -> Int {
    var (same, row) = (SIMD8<Int32>(repeating: 0), 0)
    let ones = SIMD8<Int32>(repeating: 1)
    while row &+ 8 <= count {
      let before = UnsafeRawPointer(old + row).loadUnaligned(as: SIMD8<Int32>.self)
      let after = UnsafeRawPointer(new + row).loadUnaligned(as: SIMD8<Int32>.self)
      same = same &+ SIMD8(repeating: 0).replacing(with: ones, where: before .== after)
      row &+= 8
    }
    var total = Int(same.wrappedSum())
    while row < count {
      total &+= old[row] == new[row] ? 1 : 0
      row &+= 1
    }
    return total
  }

  /// The squared distance of every row to the centroid that its label names.
  package func directDistances(
    _ rows: Rows<Scalar>, _ labels: UnsafePointer<Int32>, _ distances: UnsafeMutablePointer<Double>
  ) {
    if let compressed = rows.compressed {
      return directDistances(compressed, columns: rows.columns, labels, distances)
    }
    centroids.withRows { centroids in
      kernels.directDistances(
        rows.base, rows.stride, rows.count, rows.columns, centroids.base, labels, distances)
    }
  }
}

extension RowPass {
  /// Assigns every row to the nearest of some centroids, without a reduction.
  @specialized(where Blocks == WeightedRows<Float>)
  @specialized(where Blocks == WeightedRows<Double>)
  package func assign(
    _ nearest: NearestCentroids<Scalar>, into result: Assignment
  ) -> AssignmentCounts {
    assign(nearest, into: result, scratch: PassScratch())
  }
}
