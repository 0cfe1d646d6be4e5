import ArgumentParser
import Clustering
import KMeansFiles
import VectorIO

/// The ids of rows, which stand before their labels where text is written.
struct RowIDs: Sendable {
  /// What the column is called in a header.
  let name: String
  /// One a row of the file, those that were left out included.
  private var texts: PackedTexts

  var count: Int { texts.count }
  var byteCount: Int { texts.byteCount }
  subscript(row: Int) -> String { texts[row] }

  /// The ids of some rows; `nil` where no column of them was asked for.
  ///
  /// - Parameters:
  ///   - values: what was read beside the rows.
  ///   - skipped: the rows that were left out, counted from 0 among all of these.
  init?(_ info: VectorFileInfo, _ values: AuxiliaryValues, points: Int, _ skipped: SkippedRows) {
    guard let column = info.auxiliary.key else { return nil }
    // Two columns of one name would be lost in what reads the file.
    let known = info.keyName ?? (info.columnNames == nil && Int(column) != nil ? "id" : column)
    name = known == AppendOptions.usualName ? "id" : known
    if skipped.isEmpty {
      texts = values.keyTexts
      return
    }
    texts = PackedTexts()
    var leftOut = 0
    skipped.forEachRow(points: points) { point in
      if let point {
        texts.append(values.keyTexts, point..<point + 1)
      } else {
        texts.append(values.leftOutKeys, leftOut..<leftOut + 1)
        leftOut += 1
      }
    }
  }

  fileprivate mutating func append(_ others: RowIDs) { texts.append(others.texts) }
}

extension RowIDs? {
  /// Appends the ids of the rows that follow.
  mutating func append(_ others: RowIDs?) {
    guard let others else { return }
    if self == nil { self = others } else { self!.append(others) }
  }
}

/// The option that names the column of the ids.
struct IDOptions: ParsableArguments {
  @Option(
    name: [.customLong("id-column"), .customLong("key-column")],
    help: ArgumentHelp(
      "The column of the ids: any text, never clustered, written with each label or row; label for "
        + "that of Spark's labelled points.", valueName: "COLUMN"))
  var idColumn: String?

  /// Refuses outputs that hold no texts.
  func check(_ outputs: [Output?]) throws {
    guard idColumn != nil, let output = outputs.compactMap({ $0 }).first(where: { $0.form == .npy })
    else { return }
    throw Failure.usage(
      "\(output.option) \(output.path): npy holds no texts, as the ids of --id-column are: expected "
        + "a name that ends in .csv")
  }
}

extension Output {
  /// Writes values, one a row behind its id: a file has a header, the standard output none.
  func write<Value: CustomStringConvertible>(
    _ values: [Value], named name: String, behind ids: RowIDs
  ) throws {
    let file = try AtomicFile(path)
    var line: [UInt8] = []
    if !isStdout {
      appendQuoted(ids.name, to: &line)
      try file.write(line + Array(",\(name)\n".utf8))
    }
    for row in values.indices {
      line.removeAll(keepingCapacity: true)
      appendQuoted(row < ids.count ? ids[row] : "", to: &line)
      line.append(UInt8(ascii: ","))
      line += values[row].description.utf8
      line.append(UInt8(ascii: "\n"))
      try file.write(line)
    }
    try file.commit()
  }
}
