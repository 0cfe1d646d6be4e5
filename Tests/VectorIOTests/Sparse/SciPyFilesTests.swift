import KMeansFiles
import Testing
import VectorIO

/// Sparse matrices that SciPy itself has written, version 1.17.1, with numpy 2.4, from
/// `a = np.array([[0, 2.5, 0, 0, -1], [0, 0, 0, 0, 0], [7, 0, 0, .25, 3]])` by
/// `scipy.sparse.save_npz`.
@Suite struct SciPyFilesTests {
  /// `save_npz(file, csr_matrix(a.astype('<f4')), compressed=False)`
  static let csr =
    "UEsDBC0AAAAAAAAAIQD6hGCQ//////////8LABQAaW5kaWNlcy5ucHkBABAAlAAAAAAAAACUAAAAAAAAAJNOVU1QWQEA"
    + "dgB7J2Rlc2NyJzogJzxpNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICg1LCksIH0gICAgICAgICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAQAAAAQAAAAAAAAAAwAAAAQA"
    + "AABQSwMELQAAAAAAAAAhANL564b//////////woAFABpbmRwdHIubnB5AQAQAJAAAAAAAAAAkAAAAAAAAACTTlVNUFkB"
    + "AHYAeydkZXNjcic6ICc8aTQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoNCwpLCB9ICAgICAgICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgAAAAACAAAAAgAAAAUAAABQ"
    + "SwMELQAAAAAAAAAhAKPDdJf//////////woAFABmb3JtYXQubnB5AQAQAIMAAAAAAAAAgwAAAAAAAACTTlVNUFkBAHYA"
    + "eydkZXNjcic6ICd8UzMnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoKSwgfSAgICAgICAgICAgICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCmNzclBLAwQtAAAAAAAAACEAdtB5"
    + "ZP//////////CQAUAHNoYXBlLm5weQEAEACQAAAAAAAAAJAAAAAAAAAAk05VTVBZAQB2AHsnZGVzY3InOiAnPGk4Jywg"
    + "J2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoDAAAAAAAAAAUAAAAAAAAAUEsDBC0AAAAAAAAAIQCjrjfG////"
    + "//////8IABQAZGF0YS5ucHkBABAAlAAAAAAAAACUAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmNCcsICdmb3J0"
    + "cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICg1LCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAKAAAgQAAAgL8AAOBAAACAPgAAQEBQSwECLQMtAAAAAAAAACEA+oRgkJQA"
    + "AACUAAAACwAAAAAAAAAAAAAAgAEAAAAAaW5kaWNlcy5ucHlQSwECLQMtAAAAAAAAACEA0vnrhpAAAACQAAAACgAAAAAA"
    + "AAAAAAAAgAHRAAAAaW5kcHRyLm5weVBLAQItAy0AAAAAAAAAIQCjw3SXgwAAAIMAAAAKAAAAAAAAAAAAAACAAZ0BAABm"
    + "b3JtYXQubnB5UEsBAi0DLQAAAAAAAAAhAHbQeWSQAAAAkAAAAAkAAAAAAAAAAAAAAIABXAIAAHNoYXBlLm5weVBLAQIt"
    + "Ay0AAAAAAAAAIQCjrjfGlAAAAJQAAAAIAAAAAAAAAAAAAACAAScDAABkYXRhLm5weVBLBQYAAAAABQAFABYBAAD1AwAA"
    + "AAA="

  /// `save_npz(file, csr_array((4 * a).astype('<i2')))` with indices of 64 bits
  static let csrDeflated =
    "UEsDBC0AAAAIAAAAIQADNrJf//////////8LABQAaW5kaWNlcy5ucHkBABAAqAAAAAAAAABOAAAAAAAAAJvsF+obEMnI"
    + "UMZQrZ6SWpxcpG6loG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GqY6mjoKtQoUAC5GBghgYUAFzGji"
    + "AFBLAwQtAAAACAAAACEAbGOrT///////////CgAUAGluZHB0ci5ucHkBABAAoAAAAAAAAABMAAAAAAAAAJvsF+obEMnI"
    + "UMZQrZ6SWpxcpG6loG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GiY6mjoKtQoUAC4GKGBCo1mhNABQ"
    + "SwMELQAAAAgAAAAhAKPDdJf//////////woAFABmb3JtYXQubnB5AQAQAIMAAAAAAAAARQAAAAAAAACb7BfqGxDJyFDG"
    + "UK2eklqcXKRupaBeE2ysrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqaOgq1ChQBruTiIgBQSwMELQAAAAgA"
    + "AAAhAHbQeWT//////////wkAFABzaGFwZS5ucHkBABAAkAAAAAAAAABKAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6l"
    + "oG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC5mBghghdIAUEsDBC0AAAAIAAAAIQAk"
    + "o5Xw//////////8IABQAZGF0YS5ucHkBABAAigAAAAAAAABOAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaSu"
    + "o6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GqY6mjoKtQoUAC4uhj//ZRgYGXgYAFBLAwQtAAAACAAAACEAgi34"
    + "0///////////DQAUAF9pc19hcnJheS5ucHkBABAAgQAAAAAAAABDAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loF6T"
    + "ZKiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5Gpo6CrUKFAEuRgBQSwECLQMtAAAACAAAACEAAzayX04AAACo"
    + "AAAACwAAAAAAAAAAAAAAgAEAAAAAaW5kaWNlcy5ucHlQSwECLQMtAAAACAAAACEAbGOrT0wAAACgAAAACgAAAAAAAAAA"
    + "AAAAgAGLAAAAaW5kcHRyLm5weVBLAQItAy0AAAAIAAAAIQCjw3SXRQAAAIMAAAAKAAAAAAAAAAAAAACAARMBAABmb3Jt"
    + "YXQubnB5UEsBAi0DLQAAAAgAAAAhAHbQeWRKAAAAkAAAAAkAAAAAAAAAAAAAAIABlAEAAHNoYXBlLm5weVBLAQItAy0A"
    + "AAAIAAAAIQAko5XwTgAAAIoAAAAIAAAAAAAAAAAAAACAARkCAABkYXRhLm5weVBLAQItAy0AAAAIAAAAIQCCLfjTQwAA"
    + "AIEAAAANAAAAAAAAAAAAAACAAaECAABfaXNfYXJyYXkubnB5UEsFBgAAAAAGAAYAUQEAACMDAAAAAA=="

  /// `save_npz(file, csc_matrix(a))`
  static let csc =
    "UEsDBC0AAAAIAAAAIQAXQyes//////////8LABQAaW5kaWNlcy5ucHkBABAAlAAAAAAAAABJAAAAAAAAAJvsF+obEMnI"
    + "UMZQrZ6SWpxcpG6loG6TaaKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GqY6mjoKtQoUAC4mBghApgFQSwME"
    + "LQAAAAgAAAAhAJD9eqv//////////woAFABpbmRwdHIubnB5AQAQAJgAAAAAAAAAUQAAAAAAAACb7BfqGxDJyFDGUK2e"
    + "klqcXKRupaBuk2mirqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpmOpo6CrUKFAAuBiBgBGImKGYGYlYgBgBQ"
    + "SwMELQAAAAgAAAAhAFHjxP3//////////woAFABmb3JtYXQubnB5AQAQAIMAAAAAAAAARQAAAAAAAACb7BfqGxDJyFDG"
    + "UK2eklqcXKRupaBeE2ysrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqaOgq1ChQBruTiZABQSwMELQAAAAgA"
    + "AAAhAHbQeWT//////////wkAFABzaGFwZS5ucHkBABAAkAAAAAAAAABKAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6l"
    + "oG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC5mBghghdIAUEsDBC0AAAAIAAAAIQBa"
    + "NgyH//////////8IABQAZGF0YS5ucHkBABAAqAAAAAAAAABXAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGu"
    + "o6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GqY6mjoKtQoUAC4GMJBxgNAsUPqCPYT+sB9CczgAAFBLAQItAy0A"
    + "AAAIAAAAIQAXQyesSQAAAJQAAAALAAAAAAAAAAAAAACAAQAAAABpbmRpY2VzLm5weVBLAQItAy0AAAAIAAAAIQCQ/Xqr"
    + "UQAAAJgAAAAKAAAAAAAAAAAAAACAAYYAAABpbmRwdHIubnB5UEsBAi0DLQAAAAgAAAAhAFHjxP1FAAAAgwAAAAoAAAAA"
    + "AAAAAAAAAIABEwEAAGZvcm1hdC5ucHlQSwECLQMtAAAACAAAACEAdtB5ZEoAAACQAAAACQAAAAAAAAAAAAAAgAGUAQAA"
    + "c2hhcGUubnB5UEsBAi0DLQAAAAgAAAAhAFo2DIdXAAAAqAAAAAgAAAAAAAAAAAAAAIABGQIAAGRhdGEubnB5UEsFBgAA"
    + "AAAFAAUAFgEAAKoCAAAAAA=="

  /// `save_npz(file, coo_matrix(([3, 3, 2.5, 4, -1, .25], ([2, 2, 0, 2, 0, 2], [4, 0, 1, 0, 4,
  /// 3]))), compressed=False)`, the same matrix
  static let coo =
    "UEsDBC0AAAAAAAAAIQBsZhBJ//////////8HABQAcm93Lm5weQEAEACYAAAAAAAAAJgAAAAAAAAAk05VTVBZAQB2AHsn"
    + "ZGVzY3InOiAnPGk0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDYsKSwgfSAgICAgICAgICAgICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoCAAAAAgAAAAAAAAACAAAAAAAAAAIA"
    + "AABQSwMELQAAAAAAAAAhACEkRk3//////////wcAFABjb2wubnB5AQAQAJgAAAAAAAAAmAAAAAAAAACTTlVNUFkBAHYA"
    + "eydkZXNjcic6ICc8aTQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoNiwpLCB9ICAgICAgICAgICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgQAAAAAAAAAAQAAAAAAAAAEAAAA"
    + "AwAAAFBLAwQtAAAAAAAAACEAJ/IFEv//////////CgAUAGZvcm1hdC5ucHkBABAAgwAAAAAAAACDAAAAAAAAAJNOVU1Q"
    + "WQEAdgB7J2Rlc2NyJzogJ3xTMycsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgpLCB9ICAgICAgICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKY29vUEsDBC0AAAAAAAAA"
    + "IQB20Hlk//////////8JABQAc2hhcGUubnB5AQAQAJAAAAAAAAAAkAAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICc8"
    + "aTgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgMAAAAAAAAABQAAAAAAAABQSwMELQAAAAAAAAAhAERK"
    + "ZMf//////////wgAFABkYXRhLm5weQEAEACwAAAAAAAAALAAAAAAAAAAk05VTVBZAQB2AHsnZGVzY3InOiAnPGY4Jywg"
    + "J2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDYsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAIQAAAAAAAAAhAAAAAAAAABEAAAAAAAAAQQAAAAAAA"
    + "APC/AAAAAAAA0D9QSwECLQMtAAAAAAAAACEAbGYQSZgAAACYAAAABwAAAAAAAAAAAAAAgAEAAAAAcm93Lm5weVBLAQIt"
    + "Ay0AAAAAAAAAIQAhJEZNmAAAAJgAAAAHAAAAAAAAAAAAAACAAdEAAABjb2wubnB5UEsBAi0DLQAAAAAAAAAhACfyBRKD"
    + "AAAAgwAAAAoAAAAAAAAAAAAAAIABogEAAGZvcm1hdC5ucHlQSwECLQMtAAAAAAAAACEAdtB5ZJAAAACQAAAACQAAAAAA"
    + "AAAAAAAAgAFhAgAAc2hhcGUubnB5UEsBAi0DLQAAAAAAAAAhAERKZMewAAAAsAAAAAgAAAAAAAAAAAAAAIABLAMAAGRh"
    + "dGEubnB5UEsFBgAAAAAFAAUADwEAABYEAAAAAA=="

  /// `save_npz(file, bsr_matrix(a))`
  static let bsr =
    "UEsDBC0AAAAIAAAAIQD6hGCQ//////////8LABQAaW5kaWNlcy5ucHkBABAAlAAAAAAAAABOAAAAAAAAAJvsF+obEMnI"
    + "UMZQrZ6SWpxcpG6loG6TaaKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GqY6mjoKtQoUAC5GBgYGFgYIYIay"
    + "AVBLAwQtAAAACAAAACEA0vnrhv//////////CgAUAGluZHB0ci5ucHkBABAAkAAAAAAAAABMAAAAAAAAAJvsF+obEMnI"
    + "UMZQrZ6SWpxcpG6loG6TaaKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GiY6mjoKtQoUAC4GIGCCYlYgBgBQ"
    + "SwMELQAAAAgAAAAhAJSptpb//////////woAFABmb3JtYXQubnB5AQAQAIMAAAAAAAAARQAAAAAAAACb7BfqGxDJyFDG"
    + "UK2eklqcXKRupaBeE2ysrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqaOgq1ChQBrqTiIgBQSwMELQAAAAgA"
    + "AAAhAHbQeWT//////////wkAFABzaGFwZS5ucHkBABAAkAAAAAAAAABKAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6l"
    + "oG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC5mBghghdIAUEsDBC0AAAAIAAAAIQD3"
    + "C2nD//////////8IABQAZGF0YS5ucHkBABAAqAAAAAAAAABaAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGu"
    + "o6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GqY6CoZApKmjUKtAHuBiAAMWBwj9YT+EloHyL9hDaA4HAFBLAQIt"
    + "Ay0AAAAIAAAAIQD6hGCQTgAAAJQAAAALAAAAAAAAAAAAAACAAQAAAABpbmRpY2VzLm5weVBLAQItAy0AAAAIAAAAIQDS"
    + "+euGTAAAAJAAAAAKAAAAAAAAAAAAAACAAYsAAABpbmRwdHIubnB5UEsBAi0DLQAAAAgAAAAhAJSptpZFAAAAgwAAAAoA"
    + "AAAAAAAAAAAAAIABEwEAAGZvcm1hdC5ucHlQSwECLQMtAAAACAAAACEAdtB5ZEoAAACQAAAACQAAAAAAAAAAAAAAgAGU"
    + "AQAAc2hhcGUubnB5UEsBAi0DLQAAAAgAAAAhAPcLacNaAAAAqAAAAAgAAAAAAAAAAAAAAIABGQIAAGRhdGEubnB5UEsF"
    + "BgAAAAAFAAUAFgEAAK0CAAAAAA=="

  static let expected: [[Double]] = [[0, 2.5, 0, 0, -1], [0, 0, 0, 0, 0], [7, 0, 0, 0.25, 3]]

  @Test(arguments: [csr, csc, coo]) func `a matrix of each form`(base64: String) throws {
    let file = NumPyArchivesTests.bytes(base64)
    let matrix: SparseMatrix<Double> = try sparseRows(file, name: "a.npz")
    #expect(matrix.offsets == [0, 2, 2, 5] && matrix.indices == [1, 4, 0, 3, 4])
    #expect(matrix.values == [2.5, -1, 7, 0.25, 3])
    #expect(try rows(file, name: "a.npz") == Self.expected)
    try expectSameRows(file, name: "a.npz", kinds: [.file])
    for options in [
      ReadingOptions(columns: .listed(["5", "2"])), ReadingOptions(excluded: ["1"]),
      ReadingOptions(auxiliary: AuxiliaryColumns(weight: "4", key: "1")),
    ] {
      try expectSameRows(file, name: "a.npz", options: options, kinds: [.file])
    }
  }

  @Test func `deflated, of whole numbers, with wide indices`() throws {
    let file = NumPyArchivesTests.bytes(Self.csrDeflated)
    let matrix = try sparseRows(file, name: "a.npz", as: Float.self)
    #expect(matrix.values == [10, -4, 28, 1, 12])
    #expect(try rows(file, name: "a.npz") == Self.expected.map { $0.map { 4 * $0 } })
    try expectSameRows(file, name: "a.npz", kinds: [.file])
  }

  @Test func `what is known before rows are read`() throws {
    for (base64, type) in [(Self.csr, "<f4"), (Self.csc, "<f8"), (Self.csrDeflated, "<i2")] {
      let source = MemorySource(NumPyArchivesTests.bytes(base64))
      let info = try OpenedVectorFile(source: source, name: "a.npz").info
      #expect(info.format == .npz && info.valueType == type && info.isSparse)
      #expect(info.rows == 3 && info.columns == 5 && info.nonzeros == 5)
      #expect(info.density == 5.0 / 15)
      #expect(info.arrayNames?.contains("data") == true)
      #expect(info.precision == (type == "<f8" ? .double : .float))
    }
  }

  @Test func `a form that is not read`() {
    #expect(
      failure { _ = try rows(NumPyArchivesTests.bytes(Self.bsr), name: "a.npz") as [[Double]] }
        == .unusable(
          path: "memory",
          problem:
            "a sparse matrix of SciPy of the form bsr, which is not read: expected csr, csc or "
            + "coo, as tocsr() makes it"))
  }

  /// A flipped bit anywhere makes an error or means nothing to the values.
  @Test(arguments: [csr, coo]) func `no flipped bit changes the rows`(base64: String) throws {
    let file = NumPyArchivesTests.bytes(base64)
    let good: SparseMatrix<Double> = try sparseRows(file, name: "a.npz")
    var refused = 0
    for bit in stride(from: 0, to: 8 * file.count, by: 3) {
      var changed = file
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      do {
        #expect(try sparseRows(changed, name: "a.npz") == good, "bit \(bit)")
      } catch {
        #expect(error is FileError)
        refused += 1
      }
    }
    #expect(refused > file.count)
  }
}
