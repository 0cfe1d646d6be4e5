internal import KMeansFiles

/// Formats that are not read, known by their first bytes: a message that says what a file is, and
/// which program makes something of it that is read.
struct ForeignFormat {
  private let name: String
  /// The first bytes.
  private let magic: [UInt8]
  /// A command line, `FILE` for the file and `NAME` for it without its ending.
  private let command: String

  private init(_ name: String, _ magic: [UInt8], _ command: String) {
    self.name = name
    self.magic = magic
    self.command = command
  }

  private init(_ name: String, _ magic: String, _ command: String) {
    self.init(name, Array(magic.utf8), command)
  }

  private static let table =
    [
      ForeignFormat(
        "Parquet", "PAR1", "duckdb -c \"copy (from 'FILE') to 'NAME.csv' (header)\""),
      ForeignFormat(
        "Arrow", "ARROW1",
        "python3 -c \"import pyarrow.feather as f; f.read_table('FILE').to_pandas().to_csv('NAME.csv', "
          + "index=False)\""),
      ForeignFormat(
        "Feather", "FEA1",
        "python3 -c \"import pyarrow.feather as f; f.read_table('FILE').to_pandas().to_csv('NAME.csv', "
          + "index=False)\""),
      ForeignFormat(
        "ORC", "ORC",
        "python3 -c \"import pandas; pandas.read_orc('FILE').to_csv('NAME.csv', index=False)\""),
      ForeignFormat(
        "Avro", "Obj\u{1}", "duckdb -c \"copy (from read_avro('FILE')) to 'NAME.csv'\""),
      ForeignFormat(
        "HDF5", [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a],
        "python3 -c \"import h5py, numpy; numpy.save('NAME.npy', h5py.File('FILE')['DATASET'])\""),
      ForeignFormat("Python pickle", [0x80, 0x02], unpickling),
      ForeignFormat("Python pickle", [0x80, 0x03], unpickling),
      ForeignFormat("Python pickle", [0x80, 0x04], unpickling),
      ForeignFormat("Python pickle", [0x80, 0x05], unpickling),
      ForeignFormat("zstd", [0x28, 0xb5, 0x2f, 0xfd], "zstd -d FILE"),
      ForeignFormat("xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "xz -dk FILE"),
      ForeignFormat("LZ4", [0x04, 0x22, 0x4d, 0x18], "lz4 -d FILE"),
      ForeignFormat("7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "7z x FILE"),
      ForeignFormat(
        "Hadoop SequenceFile", "SEQ", "mahout vectordump -i FILE -o NAME.csv --csv NAME.csv"),
      ForeignFormat(
        "SQLite", "SQLite format 3\0",
        "sqlite3 -header -csv FILE 'select * from TABLE' > NAME.csv"),
      ForeignFormat(
        "MATLAB", "MATLAB 5.0 MAT-file",
        "python3 -c \"import scipy.io, numpy; numpy.save('NAME.npy', "
          + "scipy.io.loadmat('FILE')['VARIABLE'])\""),
    ] + (1...9).map { ForeignFormat("bzip2", "BZh\($0)1AY&SY", "bzip2 -dk FILE") }

  private static let unpickling =
    "python3 -c \"import pandas; pandas.DataFrame(pandas.read_pickle('FILE')).to_csv('NAME.csv', "
    + "index=False)\""

  /// A spreadsheet: a zip archive of a certain content.
  private static let workbook = ForeignFormat(
    "an Excel workbook", ZipEntry.magic,
    "python3 -c \"import pandas; pandas.read_excel('FILE').to_csv('NAME.csv', index=False)\"")

  /// Refuses a file that begins like a format that is not read.
  ///
  /// - Parameter isPacked: whether these are the bytes that a file of gzip holds.
  /// - Throws: ``FileError/unusable(path:problem:)`` with the way out.
  static func refuse(_ input: InputBuffer, isPacked: Bool) throws(FileError) {
    do throws(FileError) {
      try refuse(input)
    } catch .unusable(let path, let problem) where isPacked {
      // The command is for what is in the file.
      let what = problem.prefix { $0 != ";" }
      throw .unusable(path: path, problem: "\(what); gunzip unpacks it")
    }
  }

  private static func refuse(_ input: InputBuffer) throws(FileError) {
    try refuseArchive(input)
    for format in table where try input.begins(with: format.magic) {
      // A header of csv may begin with such letters, too.
      if format.isShortText, !isBinary(input) { continue }
      throw format.refusal(of: input.source.path)
    }
    guard try isJSON(input) else { return }
    let isArray = try input.begins(with: [UInt8(ascii: "[")])
    throw ForeignFormat(
      "JSON", "", "jq -r '\(isArray ? ".[] | " : "")[.[]] | @csv' FILE > NAME.csv"
    ).refusal(of: input.source.path)
  }

  /// Refuses a zip archive, whose first members tell what it is.
  private static func refuseArchive(_ input: InputBuffer) throws(FileError) {
    guard try input.begins(with: ZipEntry.magic) else { return }
    try input.fill(atLeast: archiveLength)
    let text = String(decoding: input.unread.prefix(archiveLength), as: Unicode.ASCII.self)
    if text.contains("xl/") || text.contains("[Content_Types].xml") {
      throw workbook.refusal(of: input.source.path)
    }
    let isArrays = text.contains(".npy")
    throw .unusable(
      path: input.source.path,
      problem: isArrays
        ? "this is npz data; name it .npz" : "this is a zip archive, which is not read; unzip it")
  }

  /// The bytes that tell one archive from another.
  private static let archiveLength = 4096

  /// Whether the first bytes may as well be the beginning of a name.
  private var isShortText: Bool { magic.count <= 6 && magic.allSatisfy { $0 > 0x20 && $0 < 0x7f } }

  /// Whether the first bytes, as far as they have come, are none of a text.
  private static func isBinary(_ input: InputBuffer) -> Bool {
    input.unread.prefix(12).contains { $0 < 0x20 && ![0x09, 0x0a, 0x0d].contains($0) }
  }

  /// Whether a text begins as JSON does: an object, or an array of arrays or objects. A vector of
  /// Spark's text begins with a bracket and a number.
  private static func isJSON(_ input: InputBuffer) throws(FileError) -> Bool {
    for start in ["{\"", "{\n", "{ ", "[{", "[[", "[\n", "[ ["] {
      if try input.begins(with: Array(start.utf8)) { return true }
    }
    return false
  }

  private func refusal(of path: String) -> FileError {
    let what = "this is \(self.name), which is not read"
    guard path != InputFile.standardInputName else {
      return .unusable(path: path, problem: "\(what); a file of it can be converted")
    }
    var name = path[...]
    if let dot = path.lastIndex(of: "."), dot > path.startIndex, !path[dot...].contains("/") {
      name = path[..<dot]
    }
    if name.hasSuffix(".csv") { name = name.dropLast(4) }
    // Never the file itself.
    let isOwn = ["\(name).csv", "\(name).npy"].contains(path)
    let words = command.replacing("FILE", with: path).replacing(
      "NAME", with: "\(name)\(isOwn ? "-converted" : "")")
    return .unusable(path: path, problem: "\(what); try: \(words)")
  }
}
