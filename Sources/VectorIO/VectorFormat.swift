internal import KMeansFiles

/// The formats of files that hold rows of numbers, under their names on the command line.
public enum VectorFormat: String, Sendable, Hashable, Codable, CaseIterable {
  /// NumPy's array file.
  case npy
  /// NumPy's archive of arrays, of which one is read: `ReadingOptions/array`.
  case npz
  /// Text with commas between the fields (or semicolons or tabs, if the first line has no comma).
  case csv
  /// Text with tabs between the fields.
  case tsv
  /// Text of libsvm and svmlight: a label and `index:value` for every value that is not zero.
  case libsvm
  /// Text of Spark MLlib's vectors and labelled points: `[1.0,2.0]`, `(3,[0,2],[1.0,3.0])`.
  case spark
  /// 32-bit floats, each vector behind its dimension.
  case fvecs
  /// Bytes, each vector behind its dimension.
  case bvecs
  /// 32-bit integers, each vector behind its dimension.
  case ivecs
  /// 32-bit floats behind the number of vectors and their dimension.
  case fbin
  /// Bytes behind the number of vectors and their dimension.
  case u8bin
  /// Signed bytes behind the number of vectors and their dimension.
  case i8bin
  /// Arrays as the MNIST files have them; the first dimension counts the rows.
  case idx
  /// Little-endian 32-bit floats without a header; their `dimension` comes with the options.
  case rawF32 = "raw-f32"
}

extension VectorFormat {
  /// What there is to know about a format: a new one is a file of its own and a line here.
  struct Entry: Sendable {
    let format: VectorFormat
    /// The extensions of file names, without the dot and in lower case.
    let extensions: [String]
    /// The first bytes of every such file, where there are such.
    let magic: [UInt8]?
    let open: @Sendable (InputBuffer, ReadingOptions) throws(FileError) -> any RowDecoder
    /// Tells whether a file begins like this format, where its magic is not always the same bytes.
    var isRecognized: (@Sendable (InputBuffer) throws(FileError) -> Bool)? = nil
  }

  static let table: [Entry] = [
    Entry(format: .npy, extensions: ["npy"], magic: NPYHeader.magic, open: openNPY),
    Entry(format: .npz, extensions: ["npz"], magic: ZipEntry.magic, open: openNPZ),
    Entry(format: .csv, extensions: ["csv"], magic: nil, open: openCSV),
    Entry(format: .tsv, extensions: ["tsv"], magic: nil, open: openTSV),
    Entry(
      format: .libsvm, extensions: ["libsvm", "svm", "svmlight"], magic: nil, open: openLibSVM),
    Entry(format: .spark, extensions: ["spark"], magic: nil, open: openSparkText),
    Entry(
      format: .fvecs, extensions: ["fvecs"], magic: nil, open: openPrefixedVectors(.fvecs, "<f4")),
    Entry(
      format: .bvecs, extensions: ["bvecs"], magic: nil, open: openPrefixedVectors(.bvecs, "|u1")),
    Entry(
      format: .ivecs, extensions: ["ivecs"], magic: nil, open: openPrefixedVectors(.ivecs, "<i4")),
    Entry(format: .fbin, extensions: ["fbin"], magic: nil, open: openCountedVectors(.fbin, "<f4")),
    Entry(
      format: .u8bin, extensions: ["u8bin"], magic: nil, open: openCountedVectors(.u8bin, "|u1")),
    Entry(
      format: .i8bin, extensions: ["i8bin"], magic: nil, open: openCountedVectors(.i8bin, "|i1")),
    Entry(
      format: .idx, extensions: ["idx"], magic: nil, open: IDX.open, isRecognized: IDX.isRecognized),
    Entry(format: .rawF32, extensions: ["f32"], magic: nil, open: openRawF32),
  ]

  var entry: Entry { VectorFormat.table.first { $0.format == self }! }

  /// The format that a file name's extension says, if any.
  init?(extension name: String) {
    let entry = VectorFormat.table.first { $0.extensions.contains(name.lowercased()) }
    guard let entry else { return nil }
    self = entry.format
  }
}
