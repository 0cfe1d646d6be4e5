internal import KMeansKernelTypes
internal import KMeansLinearAlgebra

/// An inverted index of centroids: for each term, which is a column, the centroids that have a
/// value there, and these values (mean-inverted index: Aoyama and Saito, arXiv 2002.09094). A row
/// meets only the centroids with which it shares a term.
///
/// A term that many centroids have is a vector of values, one a centroid, to be multiplied as a
/// whole; a rare one is a list of centroids. Vectors are cut into slices of as many centroids as
/// sums fit into registers, slice after slice, so that the frequent terms of a slice stay in cache
/// while a block of rows passes.
///
/// Memory: at most a value and a half for each value of the centroids, k d.
struct InvertedIndex<Scalar: ClusteringScalar>: Sendable {
  /// What one term has: the number of its vector, -1 for none; a list otherwise.
  private(set) var vectorNumbers: [Int32]
  /// Where the list of each term begins; one more at the end.
  private(set) var listStarts: [Int]
  /// The centroids of the lists, ascending within each, and their values.
  private(set) var listCentroids = AlignedValues<Int32>(capacity: 0)
  private(set) var listValues = AlignedValues<Scalar>(capacity: 0)
  /// The vectors: slice after slice, vector after vector.
  private(set) var vectors = AlignedValues<Scalar>(capacity: 0)
  private(set) var vectorCount = 0
  /// The number of values of each centroid that are not zero.
  var valueCounts: [Int]

  /// How many centroids there are places for: whole slices.
  let width: Int
  /// The centroids of a slice.
  static var sliceWidth: Int { 4 * Scalar.lanes }
  /// A term is a vector where at least one of so many centroids has a value: multiplying eight or
  /// sixteen at once costs as much as finding one by a list. Long vectors come from memory, where
  /// lists are fewer bytes.
  private static func vectorShare(clusters: Int) -> Int { clusters < 512 ? 16 : 4 }

  /// The index of no centroids.
  init(clusters: Int, columns: Int) {
    let slice = Self.sliceWidth
    width = (clusters + slice - 1) / slice * slice
    vectorNumbers = Array(repeating: -1, count: columns)
    listStarts = Array(repeating: 0, count: columns + 1)
    valueCounts = Array(repeating: 0, count: clusters)
  }

  /// Whether any centroid has a term that a row has.
  ///
  /// - Complexity: O(values of the row).
  func hasTerm(of row: CompressedRow<Scalar>) -> Bool {
    (0..<row.count).contains {
      let column = row.column($0)
      return vectorNumbers[column] >= 0 || listStarts[column] < listStarts[column + 1]
    }
  }

  /// Decides what is a vector and what a list, and makes room for both.
  mutating func makeRoom(_ counts: [Int32], _ clusters: Int) {
    vectorCount = 0
    let share = Self.vectorShare(clusters: clusters)
    var values = 0
    for column in counts.indices {
      let isVector = Int(counts[column]) * share >= clusters && counts[column] > 0
      listStarts[column] = values
      if isVector {
        vectorNumbers[column] = Int32(vectorCount)
        vectorCount += 1
      } else {
        vectorNumbers[column] = -1
        values += Int(counts[column])
      }
    }
    listStarts[counts.count] = values
    Self.resize(&vectors, count: vectorCount * width)
    Self.resize(&listCentroids, count: values)
    Self.resize(&listValues, count: values)
  }

  /// Makes room for values, which are not kept; in the same memory where nobody else has it.
  private static func resize<Value>(_ values: inout AlignedValues<Value>, count: Int) {
    guard values.capacity < count || !isKnownUniquelyReferenced(&values) else { return }
    values = AlignedValues(capacity: 0)
    values = AlignedValues(capacity: count)
  }
}

/// Values that begin with a cache line, in large pages where there are many.
///
/// `@unchecked Sendable`: written only while uniquely referenced.
final class AlignedValues<Value: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Value>
  let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    base = LargeMemory.take(capacity, of: Value.self)
  }

  deinit { LargeMemory.give(back: base) }
}
