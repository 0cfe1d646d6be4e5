internal import KMeansFiles

/// The formats of files that hold rows of numbers, under their names on the command line. All of
/// them are read and written.
public enum VectorFormat: String, Sendable, Hashable, Codable, CaseIterable {
  /// NumPy's array file; written as `<f4` of `Float`, as `<f8` of `Double`.
  case npy
  /// NumPy's archive of arrays. One of them is read, ``ReadingOptions/array``, or all, where they
  /// are those of a sparse matrix of SciPy (csr, csc or coo). One is written, `arr_0`, not
  /// compressed.
  case npz
  /// Text with commas between the fields. Read, too, with semicolons or tabs, if the first line has
  /// no comma, with vertical bars or blanks, if the first lines show them, and with what
  /// ``ReadingOptions/text`` says.
  case csv
  /// Text with tabs between the fields.
  case tsv
  /// Text of libsvm and svmlight: a label and `index:value` for every value that is not zero.
  /// Written with labels of 0 and indices from 1, `0 1:0.5 7:2.0`; the first row has its last value
  /// even where that is zero, so that a reader learns how many columns there are.
  case libsvm
  /// Text of Spark MLlib's vectors and labelled points: `[1.0,2.0]`, `(3,[0,2],[1.0,3.0])`. Written
  /// as dense vectors.
  case spark
  /// Text of the Matrix Market: a line for each value that is not zero, `row column value`, counted
  /// from 1.
  case mtx
  /// The same of the UCI repository's counts of words, `document word count`, by the name
  /// `docword.*.txt`; it holds whole numbers.
  case docword
  /// 32-bit floats, each vector behind its dimension (32 bits, little-endian), as in the files of
  /// <http://corpus-texmex.irisa.fr>.
  case fvecs
  /// The same with bytes, 0 to 255.
  case bvecs
  /// The same with 32-bit integers.
  case ivecs
  /// 32-bit floats behind the number of vectors and their dimension (32 bits each, little-endian),
  /// as in the files of <https://big-ann-benchmarks.com>.
  case fbin
  /// The same with bytes, 0 to 255.
  case u8bin
  /// The same with bytes, -128 to 127.
  case i8bin
  /// Arrays as the MNIST files have them, big-endian; the first dimension counts the rows. Written
  /// as floats of `Float`, as doubles of `Double`.
  case idx
  /// Arrays as language models and their embeddings are kept: one of them is read,
  /// ``ReadingOptions/array``, if it has one or two dimensions. One is written, `points`, as floats
  /// of `Float`, as doubles of `Double`.
  case safetensors
  /// Little-endian 32-bit floats without a header; to read them takes ``ReadingOptions/dimension``.
  case rawF32 = "raw-f32"
}

extension VectorFormat {
  /// The extension that a file of the format is named by, without the dot.
  public var fileExtension: String { entry.extensions[0] }

  /// The format that the extension of a file's name says, `.gz` aside; `nil` where it says none.
  public init?(path: String) {
    if Docword.isName(path) {
      self = .docword
      return
    }
    var name = path.lowercased()[...]
    if VectorFormat.isPacked(path) { name = name.dropLast(3) }
    guard let dot = name.lastIndex(of: "."), !name[dot...].contains("/") else { return nil }
    let found = String(name[name.index(after: dot)...])
    guard let entry = VectorFormat.table.first(where: { $0.extensions.contains(found) }) else {
      return nil
    }
    self = entry.format
  }

  /// Whether a file's name says that it is packed by gzip.
  static func isPacked(_ path: String) -> Bool { path.lowercased().hasSuffix(".gz") }

  /// The extensions that files are named by, in a sentence: `.npy, .csv ... or .npz`.
  public static var fileExtensions: String {
    let names = table.map { ".\($0.extensions[0])" }
    return "\(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1])"
  }
}

// The table of formats: extensions, first bytes, readers and writers.
extension VectorFormat {
  /// The properties of a format: a new one is a file of its own and a line here.
  struct Entry: Sendable {
    let format: VectorFormat
    /// The extensions of file names, without the dot and in lower case; files are written by the
    /// first.
    let extensions: [String]
    /// The first bytes of every such file, where there are such.
    let magic: [UInt8]?
    /// Tells whether a file begins like this format, where its magic is not always the same bytes.
    let isRecognized: (@Sendable (InputBuffer) throws(FileError) -> Bool)?
    let open: @Sendable (InputBuffer, ReadingOptions) throws(FileError) -> any RowDecoder
    /// Makes the writer of such rows.
    let encoder: @Sendable (RowShape) -> any RowEncoder

    /// - Parameter textEncoder: the writer of rows of a text; other values lie one after another.
    init(
      _ format: VectorFormat, _ extensions: String..., magic: [UInt8]? = nil,
      isRecognized: (@Sendable (InputBuffer) throws(FileError) -> Bool)? = nil,
      open: @escaping @Sendable (InputBuffer, ReadingOptions) throws(FileError) -> any RowDecoder,
      textEncoder: (@Sendable (RowShape) -> any RowEncoder)? = nil
    ) {
      self.format = format
      self.extensions = extensions
      self.magic = magic
      self.isRecognized = isRecognized
      self.open = open
      encoder = textEncoder ?? { BinaryEncoder(format, $0) }
    }
  }

  static let table: [Entry] = [
    Entry(.npy, "npy", magic: NPYHeader.magic, open: openNPY),
    Entry(.csv, "csv", open: openCSV) { DelimitedRows(delimiter: ",", names: $0.columnNames) },
    Entry(.tsv, "tsv", open: openTSV) { DelimitedRows(delimiter: "\t", names: $0.columnNames) },
    Entry(.rawF32, "f32", open: openRawF32),
    Entry(.fvecs, "fvecs", open: openPrefixedVectors(.fvecs, "<f4")),
    Entry(.bvecs, "bvecs", open: openPrefixedVectors(.bvecs, "|u1")),
    Entry(.ivecs, "ivecs", open: openPrefixedVectors(.ivecs, "<i4")),
    Entry(.fbin, "fbin", open: openCountedVectors(.fbin, "<f4")),
    Entry(.u8bin, "u8bin", open: openCountedVectors(.u8bin, "|u1")),
    Entry(.i8bin, "i8bin", open: openCountedVectors(.i8bin, "|i1")),
    Entry(
      .safetensors, "safetensors", isRecognized: Safetensors.isRecognized, open: Safetensors.open),
    Entry(.idx, "idx", isRecognized: IDX.isRecognized, open: IDX.open),
    Entry(.libsvm, "libsvm", "svm", "svmlight", open: openLibSVM) {
      LibSVMRows(columns: $0.columns, isLabelGiven: $0.areLabelsGiven)
    },
    Entry(.spark, "spark", open: openSparkText) { _ in SparkRows() },
    Entry(.mtx, "mtx", magic: MatrixMarket.magic, open: MatrixMarket.open) {
      EntryEncoder(.mtx, columns: $0.columns)
    },
    Entry(.docword, "docword", open: Docword.open) {
      EntryEncoder(.docword, columns: $0.columns)
    },
    Entry(.npz, "npz", magic: ZipEntry.magic, open: openNPZ),
  ]

  var entry: Entry { VectorFormat.table.first { $0.format == self }! }

  /// The encoder of rows.
  ///
  /// - Throws: ``FileError/unusable(path:problem:)`` for more columns than the format can say.
  func encoder(_ rows: RowShape, path: String) throws(FileError) -> any RowEncoder {
    let encoder = entry.encoder(rows)
    guard rows.columns <= encoder.columnLimit else {
      throw .unusable(
        path: path,
        problem: "\(rows.columns) columns, \(rawValue) can say at most \(encoder.columnLimit)")
    }
    return encoder
  }
}
