// Products of sparse rows with centroids, term by term.
private import KMeansCLanes

/// The products of a sparse row with the centroids of one slice of an inverted index: of the terms
/// that are vectors.
///
/// - Parameters:
///   - numbers: IN, the number of the vector of each of `count` terms.
///   - values: IN, the value of each term in the row.
///   - vectors: IN, the slice: vectors of four times the lanes, one after another.
///   - products: OUT, four times the lanes.
/// - Complexity: O(count lanes).
/// - Error bound: gamma(count + 1) |x||c|: products are added one after another, in the order of
///   the terms.
/// - Reference: a plain loop in `InvertedIndexTests`.
package func multiplyTerms(
  _ numbers: UnsafePointer<Int32>, _ values: UnsafePointer<Scalar>, _ count: Int,
  _ vectors: UnsafePointer<Scalar>, _ products: UnsafeMutablePointer<Scalar>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_lanes_count())
  var (sum1, sum2) = (kmeans_lanes(repeating: 0), kmeans_lanes(repeating: 0))
  var (sum3, sum4) = (sum1, sum2)
  for place in 0..<count {
    let vector = vectors + Int(truncatingIfNeeded: numbers[place]) &* (4 &* lanes)
    let x = kmeans_lanes(repeating: values[place])
    sum1 = sum1 + x * UnsafeRawPointer(vector).loadUnaligned(as: kmeans_lanes.self)
    sum2 = sum2 + x * UnsafeRawPointer(vector + lanes).loadUnaligned(as: kmeans_lanes.self)
    sum3 = sum3 + x * UnsafeRawPointer(vector + 2 &* lanes).loadUnaligned(as: kmeans_lanes.self)
    sum4 = sum4 + x * UnsafeRawPointer(vector + 3 &* lanes).loadUnaligned(as: kmeans_lanes.self)
  }
  UnsafeMutableRawPointer(products).storeBytes(of: sum1, as: kmeans_lanes.self)
  UnsafeMutableRawPointer(products + lanes).storeBytes(of: sum2, as: kmeans_lanes.self)
  UnsafeMutableRawPointer(products + 2 &* lanes).storeBytes(of: sum3, as: kmeans_lanes.self)
  UnsafeMutableRawPointer(products + 3 &* lanes).storeBytes(of: sum4, as: kmeans_lanes.self)
}

/// Adds the products of a sparse row with the centroids in the lists of some terms.
///
/// - Parameters:
///   - columns: IN, the terms of the row that are lists, `count` of them.
///   - values: IN, the value of each term in the row.
///   - starts: IN, where the list of each column begins; one more at the end.
///   - centroids, listValues: IN, the lists.
///   - products: IN/OUT, one a centroid.
/// - Complexity: O(entries of the lists).
/// - Error bound: as ``multiplyTerms(_:_:_:_:_:)``; both together gamma(terms + 1) |x||c|.
/// - Reference: a plain loop in `InvertedIndexTests`.
package func addListedTerms(
  _ columns: UnsafePointer<Int32>, _ values: UnsafePointer<Scalar>, _ count: Int,
  _ starts: UnsafePointer<Int>, _ centroids: UnsafePointer<Int32>,
  _ listValues: UnsafePointer<Scalar>, _ products: UnsafeMutablePointer<Scalar>
) {
  for place in 0..<count {
    // Lists lie anywhere, and where one ends is not foreseen: each would be waited for.
    if place &+ 8 < count {
      kmeans_prefetch_line(starts + Int(truncatingIfNeeded: columns[place &+ 8]))
    }
    if place &+ 3 < count {
      let ahead = starts[Int(truncatingIfNeeded: columns[place &+ 3])]
      kmeans_prefetch_line(centroids + ahead)
      kmeans_prefetch_line(listValues + ahead)
    }
    let column = Int(truncatingIfNeeded: columns[place])
    let (end, x) = (starts[column &+ 1], values[place])
    var entry = starts[column]
    while entry < end {
      let centroid = Int(truncatingIfNeeded: centroids[entry])
      products[centroid] = products[centroid] + x * listValues[entry]
      entry &+= 1
    }
  }
}
