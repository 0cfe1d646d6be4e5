internal import KMeansFiles

/// The formats of files that hold rows of numbers, under their names on the command line. All of
/// them are read and written.
public enum VectorFormat: String, Sendable, Hashable, Codable, CaseIterable {
  /// NumPy's array file; written as `<f4` of `Float`, as `<f8` of `Double`.
  case npy
  /// NumPy's archive of arrays. One of them is read:
  /// ``ReadingOptions/array``. One is written, `arr_0`, not compressed.
  case npz
  /// Text with commas between the fields. Read, too, with semicolons or tabs, if the first line has
  /// no comma.
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
  /// Little-endian 32-bit floats without a header; to read them takes ``ReadingOptions/dimension``.
  case rawF32 = "raw-f32"
}

extension VectorFormat {
  /// The extension that a file of the format is named by, without the dot.
  public var fileExtension: String { entry.extensions[0] }

  /// The format that the extension of a file's name says, `.gz` aside; `nil` where it says none.
  public init?(path: String) {
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
