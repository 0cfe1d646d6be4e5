/// The formats that rows of numbers are written in, under their names on the command line.
public enum WritableFormat: String, Sendable, Hashable, Codable, CaseIterable {
  /// NumPy's array file: `<f4` of `Float`, `<f8` of `Double`.
  case npy
  /// Text with commas between the fields.
  case csv
  /// Text with tabs between the fields.
  case tsv
  /// Little-endian 32-bit floats without a header.
  case rawF32 = "raw-f32"
  /// Each row is its length (32 bits, little-endian) and that many 32-bit floats, as in the files of
  /// <http://corpus-texmex.irisa.fr>.
  case fvecs
  /// The same with bytes, 0 to 255.
  case bvecs
  /// The same with whole numbers of 32 bits.
  case ivecs
  /// The numbers of rows and columns (32 bits each, little-endian) and 32-bit floats, as in the files
  /// of <https://big-ann-benchmarks.com>.
  case fbin
  /// The same with bytes, 0 to 255.
  case u8bin
  /// The same with bytes, -128 to 127.
  case i8bin
  /// The format of the MNIST digits, big-endian: floats of `Float`, doubles of `Double`.
  case idx
  /// A label, which is 0 here, and the values that are not zero behind the numbers of their columns,
  /// from 1: `0 1:0.5 7:2.0`. The first row has its last value even where that is zero, so that a
  /// reader learns how many columns there are.
  case libsvm
  /// Spark's text form of a dense vector: `[0.5,2.0]`.
  case spark
  /// NumPy's archive with one array, `arr_0`, not compressed.
  case npz
}

extension WritableFormat {
  /// The extension that a file of the format is named by, without the dot.
  public var fileExtension: String { self == .rawF32 ? "f32" : rawValue }

  /// Whether people can read it.
  public var isText: Bool { [.csv, .tsv, .libsvm, .spark].contains(self) }

  /// The format that the extension of a file's name says, `.gz` aside; nil where it says none.
  public init?(path: String) {
    var name = path.lowercased()[...]
    if WritableFormat.isPacked(path) { name = name.dropLast(3) }
    guard let dot = name.lastIndex(of: "."), !name[dot...].contains("/") else { return nil }
    let found = name[name.index(after: dot)...]
    let format = WritableFormat.allCases.first { $0.fileExtension == found }
    guard let format = format ?? (["svm", "svmlight"].contains(found) ? .libsvm : nil) else {
      return nil
    }
    self = format
  }

  /// Whether a file's name says that it is packed by gzip.
  static func isPacked(_ path: String) -> Bool { path.lowercased().hasSuffix(".gz") }

  /// All extensions in a sentence: `.npy, .csv ... or .npz`.
  public static var fileExtensions: String {
    let names = allCases.map { ".\($0.fileExtension)" }
    return "\(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1])"
  }
}
