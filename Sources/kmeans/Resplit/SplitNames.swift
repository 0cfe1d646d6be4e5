import KMeansFiles
import VectorIO

/// The names of the files that rows are divided into: the number stands before the extension.
struct SplitNames {
  let format: VectorFormat
  private let stem: String
  private let ending: String

  /// - Parameters:
  ///   - base: its extension says the format, where it says one.
  ///   - input: says it otherwise.
  init(_ base: String, of input: VectorFileInfo) throws {
    let isPacked = base.lowercased().hasSuffix(".gz")
    let name = isPacked ? String(base.dropLast(3)) : base
    let packing = isPacked ? String(base.suffix(3)) : ""
    if let format = VectorFormat(path: base), let dot = name.lastIndex(of: ".") {
      self.format = format
      (stem, ending) = (String(name[..<dot]), name[dot...] + packing)
    } else {
      format = input.format
      stem = name
      let usual = input.isCompressed && input.format != .npz ? ".gz" : ""
      ending = ".\(format.fileExtension)" + (isPacked ? packing : usual)
    }
  }

  /// The path of a file, counted from 0.
  func path(_ split: Int) -> String { "\(stem)-\(split)\(ending)" }
}
