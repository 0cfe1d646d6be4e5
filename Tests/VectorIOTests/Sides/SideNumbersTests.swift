import KMeansFiles
import Testing
import VectorIO

/// Side columns of formats that hold nothing but numbers.
@Suite struct SideNumbersTests {
  static let values: [Double] = [
    1, 1_795_253_400.25, 0.5, 7, 2,
    3, 1_795_253_401, 2, 8.5, 4,
    5, 1_795_253_402, 1, -9, 6,
  ]
  static let array = npy(
    descr: "'<f8'", shape: "(3, 5)", data: values.flatMap { bytes($0.bitPattern) })
  static let auxiliary = AuxiliaryColumns(time: "2", weight: "3", key: "4")
  static let expected = RowsWithAuxiliaryColumns(
    rows: [[1, 2], [3, 4], [5, 6]],
    auxiliary: SideTextTests.values(
      [1_795_253_400.25, 1_795_253_401, 1_795_253_402], [0.5, 2, 1], ["7", "8.5", "-9"]))

  @Test(arguments: [MemorySource.Kind.file, .pipe, .packed])
  func arrays(kind: MemorySource.Kind) throws {
    for count in [1, 2, 100] {
      #expect(
        try rowsWithAuxiliaryColumns(
          Self.array, name: "a.npy", Self.auxiliary, as: Double.self, kind: kind, count: count)
          == Self.expected)
    }
    #expect(
      try rowsWithAuxiliaryColumns(
        Self.array, name: "a.npy", Self.auxiliary, as: Double.self, columns: .init("1,2,5")
      ).rows
        == Self.expected.rows)
  }

  /// A float holds the seconds since 1970 to two minutes only.
  @Test func `times are doubles beside floats`() throws {
    #expect(
      try rowsWithAuxiliaryColumns(Self.array, name: "a.npy", Self.auxiliary, as: Float.self)
        == Self.expected)
    #expect(
      try rowsWithAuxiliaryColumns(
        Array("1,1795253400.25\n2,1970-01-01T00:00:00.1Z\n".utf8), AuxiliaryColumns(time: "2"),
        as: Float.self
      ).auxiliary.times == [1_795_253_400.25, 0.1])
  }

  @Test func `floats stay what they are`() throws {
    let array = npy(
      descr: "'<f4'", shape: "(1, 3)",
      data: [Float(0.1), .leastNonzeroMagnitude, 3.4e38].flatMap { bytes($0.bitPattern) })
    let found = try rowsWithAuxiliaryColumns(
      array, name: "a.npy", AuxiliaryColumns(weight: "1"), as: Float.self)
    #expect(found.rows == [[Double(Float.leastNonzeroMagnitude), Double(Float(3.4e38))]])
    #expect(found.auxiliary.weights == [Double(Float(0.1))])
  }

  @Test func `keys of numbers`() throws {
    let numbers: [Double] = [0, -0.0, 1e15, 9_007_199_254_740_992, 1e300, 0.1, .nan, 1e18]
    let array = npy(
      descr: "'<f8'", shape: "(8, 2)",
      data: numbers.flatMap { bytes(1.0.bitPattern) + bytes($0.bitPattern) })
    let found = try rowsWithAuxiliaryColumns(
      array, name: "a.npy", AuxiliaryColumns(key: "2"), as: Double.self)
    #expect(
      found.auxiliary.keys == [
        "0", "0", "1000000000000000", "9007199254740992", "1e+300", "0.1", "nan",
        "1000000000000000000",
      ])
  }

  @Test func `invalid times are skipped or given as they are`() throws {
    let numbers: [Double] = [1, .nan, 2, 5, .infinity, 6, 3, 7, 4, .nan, 8, 9]
    let array = npy(
      descr: "'<f8'", shape: "(4, 3)", data: numbers.flatMap { bytes($0.bitPattern) })
    let auxiliary = AuxiliaryColumns(time: "2", key: "3")
    let skipping = try rowsWithAuxiliaryColumns(
      array, name: "a.npy", auxiliary, as: Double.self, onInvalid: .skip)
    #expect(skipping.rows == [[3]])
    #expect(skipping.auxiliary == SideTextTests.values([7], [], ["4"]))
    #expect(skipping.skipped == [0, 1, 3])
    let all = try rowsWithAuxiliaryColumns(array, name: "a.npy", auxiliary, as: Double.self)
    #expect(
      all.auxiliary.times.map(\.bitPattern)[1...] == [Double.infinity, 7, 8].map(\.bitPattern)[...])
    #expect(all.auxiliary.times[0].isNaN)
  }

  @Test func `lines of Spark and lib SVM`() throws {
    let spark = try rowsWithAuxiliaryColumns(
      "[1,2,3]\n(3,[0,2],[4,6])\n", name: "a.spark", AuxiliaryColumns(weight: "3", key: "1"))
    #expect(spark.rows == [[2], [0]])
    #expect(spark.auxiliary == SideTextTests.values([], [3, 6], ["1", "4"]))
    let sparse = try rowsWithAuxiliaryColumns(
      "1 1:5 3:7\n0 2:6\n", name: "a.svm", AuxiliaryColumns(time: "1"))
    #expect(sparse.rows == [[0, 7], [6, 0]])
    #expect(sparse.auxiliary.times == [5, 0])
  }

  @Test func `seeking forgets what was not taken`() throws {
    let options = ReadingOptions(auxiliary: AuxiliaryColumns(time: "2"))
    let file = try OpenedVectorFile(
      source: MemorySource(Self.array), name: "a.npy", options: options
    ).rows(as: Double.self)
    var matrix = try Matrix<Double>(reserving: 9, columns: 4)
    try matrix.append(atMost: 2) { try file.read(into: &$0) }
    try file.seek(toRow: 2)
    try matrix.append(atMost: 2) { try file.read(into: &$0) }
    #expect(file.takeAuxiliaryValues().times == [1_795_253_402])
  }
}
