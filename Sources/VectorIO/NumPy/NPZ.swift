internal import KMeansFiles

/// Opens one array of an npz file, a ZIP archive whose members are npy files, or all of them where
/// they make up a sparse matrix.
///
/// The format: <https://numpy.org/doc/stable/reference/generated/numpy.savez.html>.
func openNPZ(
  _ input: InputBuffer, _ options: ReadingOptions
) throws(FileError) -> any RowDecoder {
  let zip = try ZipBytes(input.source)
  let entries = try ZipEntry.all(in: zip)
  let arrays = entries.filter { $0.name.hasSuffix(".npy") }
  let names = arrays.map { String($0.name.dropLast(4)) }
  guard let first = arrays.first else {
    let isWorkbook = entries.contains { $0.name.hasPrefix("xl/") }
    throw .malformed(
      path: zip.path, place: .wholeFile,
      problem: isWorkbook
        ? "this is an Excel workbook, which is not read: save the sheet as csv"
        : "no arrays; expected members whose names end in .npy (unzip takes out what there is)")
  }
  if let matrix = SciPyMatrix(arrays, in: zip) {
    let rows = try matrix.open(options)
    rows.info.arrayNames = names
    return rows
  }
  var chosen = first
  if let name = options.array {
    guard let index = names.firstIndex(of: name) else {
      throw .unusable(
        path: zip.path, problem: "there is no array \(quoted(name)) among \(quoted(names))")
    }
    chosen = arrays[index]
  } else if names.count > 1 {
    throw .unusable(
      path: zip.path,
      problem: "there are \(names.count) arrays, \(quoted(names)): \(options.arrayHint) chooses one"
    )
  }
  let rows = try openNPY(InputBuffer(try chosen.open(in: zip)), options, in: .npz)
  rows.info.arrayNames = names
  return rows
}
