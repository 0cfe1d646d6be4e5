internal import KMeansFiles

/// The formats of files that hold rows of numbers, under their names on the command line.
public enum VectorFormat: String, Sendable, Hashable, Codable, CaseIterable {
  /// NumPy's array file.
  case npy
  /// Text with commas between the fields (or semicolons or tabs, if the first line has no comma).
  case csv
  /// Text with tabs between the fields.
  case tsv
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
  }

  static let table: [Entry] = [
    Entry(format: .npy, extensions: ["npy"], magic: NPYHeader.magic, open: openNPY),
    Entry(format: .csv, extensions: ["csv"], magic: nil, open: openCSV),
    Entry(format: .tsv, extensions: ["tsv"], magic: nil, open: openTSV),
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
