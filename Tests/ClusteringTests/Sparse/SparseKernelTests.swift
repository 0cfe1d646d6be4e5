// The kernels of sparse rows, of every instruction set, against plain loops.
import Clustering
import KMeansKernelTypes
import KMeansTestSupport
import Testing

@Suite struct SparseKernelTests {
  @Test(arguments: InstructionSet.available)
  func `products with the vectors of an index are those of a plain loop`(isa: InstructionSet) {
    check(Float.self)
    check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) {
      let width = 4 * 64 / MemoryLayout<Scalar>.stride
      var random = TestRandom(3)
      for count in [0, 1, 2, 7, 80] {
        let vectors = (0..<90 * width).map { _ in Scalar(Int(random.next() % 9)) }
        let numbers = (0..<count).map { _ in Int32(random.next() % 90) }
        let values = (0..<count).map { _ in Scalar(Int(random.next() % 5)) }
        var products = [Scalar](repeating: -1, count: width + 1)
        KernelSet<Scalar>.compiled(for: isa).multiplyTerms(
          numbers, values, count, vectors, &products)
        // Small whole numbers: no sum is rounded.
        let expected = (0..<width).map { lane in
          zip(numbers, values).reduce(Scalar(0)) { $0 + $1.1 * vectors[Int($1.0) * width + lane] }
        }
        #expect(Array(products[..<width]) == expected, "\(count) terms")
        #expect(products[width] == -1, "nothing is written behind the products")
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func `lists of an index are added to the products`(isa: InstructionSet) {
    let starts = [0, 2, 2, 5]
    let centroids: [Int32] = [1, 3, 0, 1, 2]
    let listValues: [Float] = [2, 5, 1, 3, 7]
    var products: [Float] = [1, 1, 1, 1]
    KernelSet<Float>.compiled(for: isa).addListedTerms(
      [2, 0, 1], [10, 100, 9], 3, starts, centroids, listValues, &products)
    #expect(products == [11, 231, 71, 501])
  }

  @Test(arguments: InstructionSet.available)
  func `distances of four rows are the bits of directDistance`(isa: InstructionSet) {
    check(Float.self)
    check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      var random = TestRandom(4)
      for columns in [8, 9, 15, 16, 61, 500] {
        for terms in [0, 1, 3, columns] {
          let centroid = (0..<columns).map { _ in Scalar(random.bell()) }
          var dense = [[Scalar]](repeating: Array(repeating: 0, count: columns), count: 4)
          for row in 0..<4 {
            for _ in 0..<terms {
              dense[row][Int(random.next() % UInt64(columns))] = Scalar(random.bell())
            }
          }
          let found = distances(dense, centroid, kernels)
          let expected = dense.map { kernels.directDistance($0, centroid, columns) }
          #expect(found.map(\.bitPattern) == expected.map(\.bitPattern), "\(columns), \(terms)")
        }
      }
    }
  }

  private func distances<Scalar: ClusteringScalar>(
    _ rows: [[Scalar]], _ centroid: [Scalar], _ kernels: KernelSet<Scalar>
  ) -> [Double] {
    let columns = rows.map { row in row.indices.filter { row[$0] != 0 }.map { Int32($0) } }
    let values = rows.map { row in row.filter { $0 != 0 } }
    let indexPlaces = columns.map { columns in
      let place = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, columns.count))
      place.initialize(from: columns, count: columns.count)
      return UnsafePointer(place)
    }
    let valuePlaces = values.map { values in
      let place = UnsafeMutablePointer<Scalar>.allocate(capacity: max(1, values.count))
      place.initialize(from: values, count: values.count)
      return UnsafePointer(place)
    }
    defer {
      indexPlaces.forEach { $0.deallocate() }
      valuePlaces.forEach { $0.deallocate() }
    }
    var found = [Double](repeating: -1, count: 4)
    kernels.sparseDirectDistances(
      indexPlaces, valuePlaces, values.map(\.count), centroid, centroid.count, &found)
    return found
  }
}
