internal import KMeansLinearAlgebra

/// Who is nearest to each row: the seam behind which distances and searchers stand.
///
/// A pass asks it in two ways, for the nearest one (``assign(_:scratch:into:ahead:)``) and for all
/// within a radius (``rangeSearch(_:squaredRadii:scratch:_:)``). A new distance is a new conformer
/// and edits no pass.
package protocol RowAssigner<Scalar>: Sendable {
  /// The type of the values.
  associatedtype Scalar: ClusteringScalar
  /// The memory that one worker needs.
  associatedtype Scratch: AssignerScratch

  /// How many there are to be near to.
  var clusters: Int { get }
  /// How many rows a block had best have.
  var blockRows: Int { get }
  /// Whether it calls BLAS, which then keeps to one thread a call.
  var usesBLAS: Bool { get }
  /// Whether it takes sparse rows as they are stored.
  var takesCompressed: Bool { get }

  /// Memory for blocks of at most so many rows.
  func makeScratch(rows: Int) -> Scratch
  /// Whether scratch that another one made, or this one, serves for blocks of so many rows.
  func canUse(_ scratch: Scratch, rows: Int) -> Bool

  /// Finds the nearest one of each row of a block.
  ///
  /// - Parameters:
  ///   - rows: at most as many as the scratch is made for, finite.
  ///   - result: one entry a row; its labels and distances may be those of the scratch.
  ///   - ahead: the rows that will probably be read next.
  func assign(
    _ rows: Rows<Scalar>, scratch: Scratch, into result: Assignment, ahead: Rows<Scalar>?
  ) -> AssignmentCounts

  /// Calls a closure with every pair of a row of a block and a cluster that is nearer to it than
  /// the row's radius, those of one cluster in the order of their rows; of equal clusters the first
  /// one alone is found.
  ///
  /// - Parameters:
  ///   - rows: some rows of a block, ascending.
  ///   - squaredRadii: one a row of the block.
  ///   - found: gets the row within the block, the cluster, and the squared distance.
  func rangeSearch(
    _ rows: ListedRows<Scalar>, squaredRadii: UnsafePointer<Double>, scratch: Scratch,
    _ found: (_ row: Int, _ cluster: Int, _ squaredDistance: Double) -> Void)
}

extension RowAssigner {
  package var usesBLAS: Bool { false }
  package var takesCompressed: Bool { false }

  /// Runs a pass that shares its rows among threads.
  func withOneThreadOfBLAS(_ body: () -> Void) {
    if usesBLAS { BLASThreads.single(body) } else { body() }
  }
}

/// The memory of one worker of a ``RowAssigner``, with room for what it finds for the rows of a
/// block.
package protocol AssignerScratch: AnyObject, Sendable {
  var labels: UnsafeMutablePointer<Int32> { get }
  var distances: UnsafeMutablePointer<Double> { get }
}
