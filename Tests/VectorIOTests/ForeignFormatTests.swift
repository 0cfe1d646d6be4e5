import Testing
import VectorIO

/// Files of formats that are not read say what they are, and what makes something of them that is.
@Suite struct ForeignFormatTests {
  private func problem(_ bytes: [UInt8], _ name: String) -> String {
    let error = failure { _ = try rows(bytes, name: name) as [[Double]] }
    return error.map { "\($0)" } ?? "none"
  }

  @Test func `the first bytes say what a file is`() throws {
    let rest: [UInt8] = [21, 4, 21, 0, 1, 2, 3, 4, 5, 6]
    for (magic, name, start) in [
      (Array("PAR1".utf8), "x.parquet", "this is Parquet, which is not read; try: duckdb -c"),
      (Array("ARROW1\0\0".utf8), "x.arrow", "this is Arrow, which is not read; try: python3"),
      (Array("FEA1".utf8), "x.feather", "this is Feather"),
      (Array("ORC".utf8), "x.orc", "this is ORC"),
      (Array("Obj\u{1}".utf8), "x.avro", "this is Avro"),
      ([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], "x.h5", "this is HDF5"),
      ([0x28, 0xb5, 0x2f, 0xfd], "x.csv.zst", "this is zstd, which is not read; try: zstd -d"),
      ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "x.csv.xz", "this is xz"),
      (Array("BZh91AY&SY".utf8), "x.csv.bz2", "this is bzip2"),
      (Array("SEQ\u{6}".utf8), "part-r-00000", "this is Hadoop SequenceFile"),
      (Array("SQLite format 3\0".utf8), "x.db", "this is SQLite"),
      (Array("{\"a\": 1}\n".utf8), "x.json", "this is JSON, which is not read; try: jq"),
      (Array("[[1, 2], [3, 4]]\n".utf8), "x.json", "this is JSON"),
      (Array("PAR1".utf8), "x.csv", "this is Parquet"),
      ([0x80, 4, 0x95], "x.csv", "this is Python pickle, which is not read; try: python3"),
      ([0x80, 2], "x.pkl", "this is Python pickle"), ([0x80, 5], "x", "this is Python pickle"),
    ] {
      let found = problem(magic + rest, name)
      #expect(found.contains(start), "\(name): \(found)")
      #expect(!found.contains("FILE") && !found.contains("NAME"), "\(found)")
    }
    #expect(problem(Array("PAR1".utf8) + rest, "x").contains("from 'memory'"))
    // Who says that it is csv knows better.
    let named = try rows("[[a,b\n1,2\n", name: "x", options: ReadingOptions(format: .csv))
    #expect(named == [[1, 2]])
  }

  @Test func `what is packed is named, too`() throws {
    let parquet = gzipMember(Array("PAR1".utf8) + [21, 4, 21, 0])
    for name in ["x.csv", "x.csv.gz", "x"] {
      #expect(
        problem(parquet, name) == "memory: this is Parquet, which is not read; gunzip unpacks it")
    }
  }

  @Test func `archives under the name of a text`() throws {
    let book = ZipFile([
      ZipFile.Member("[Content_Types].xml", [1]), ZipFile.Member("xl/workbook.xml", [2]),
    ]).file
    #expect(problem(book, "x.csv").contains("this is an Excel workbook, which is not read; try: "))
    #expect(problem(book, "x.libsvm").contains("this is an Excel workbook"))
    #expect(problem(book, "x").contains("this is an Excel workbook"))
    let arrays = ZipFile([ZipFile.Member("x.npy", ArrayArchiveTests.array)]).file
    #expect(problem(arrays, "x.csv") == "memory: this is npz data; name it .npz")
    let other = ZipFile([ZipFile.Member("x.txt", [1])]).file
    #expect(
      problem(other, "x.csv") == "memory: this is a zip archive, which is not read; unzip it")
  }

  @Test func `a header may begin like them`() throws {
    for name in ["PAR1", "ORC", "SEQ", "FEA1", "BZh9", "ARROW1", "PK", "\u{80}x"] {
      #expect(try rows("\(name),b\n1,2\n", name: "x.csv") == [[1, 2]])
    }
    #expect(try rows("[1.0,2.0]\n", name: "x.spark") == [[1, 2]])
  }

  @Test func `short files are still read`() throws {
    #expect(try rows("1", name: "x.csv") == [[1]])
    #expect(try rows("7,8", name: "x") == [[7, 8]])
  }
}
