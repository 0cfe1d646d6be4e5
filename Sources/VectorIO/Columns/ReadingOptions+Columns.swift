internal import KMeansFiles

// The columns of the rows, as the options choose them in a file.
extension ReadingOptions {
  /// Chooses columns by the names that they have in another file, where each name is that of one
  /// column.
  ///
  /// - Parameter source: that file, for messages.
  package mutating func choose(named names: [String], as source: String) {
    guard Set(names).count == names.count else { return }
    columns = .named(names)
    expectedSource = source
  }

  /// These, once the names of the columns of a file are known.
  ///
  /// - Throws: ``FileError`` where a column is not there that another file asks for by its name.
  func decided(in file: FileColumns) throws(FileError) -> ReadingOptions {
    if case .named(let wanted) = columns, let names = file.names {
      let places = file.placesByName
      let asked = expectedSource.map { ", expected \(quoted(wanted)) as in \($0)" } ?? ""
      for name in wanted {
        let found = places[name] ?? []
        guard found.count != 1 else { continue }
        throw .malformed(
          path: file.path, place: .wholeFile,
          problem: found.isEmpty
            ? "there is no column \(quoted(name)) among \(quoted(names))\(asked)"
            : "\(FileColumns.several(found, named: name))\(asked): choose by number")
      }
    }
    var options = self
    options.columns = columns.decided(names: file.names)
    return options
  }

  /// The places, from 0, of the columns of the rows.
  ///
  /// - Parameter numeric: the places of those that hold numbers, ascending.
  /// - Throws: ``FileError`` where a column does not exist, comes twice, or none is left.
  func chosenColumns(in file: FileColumns, numeric: [Int]) throws(FileError) -> [Int] {
    let chosen = try columns.resolve(in: file, numeric: numeric)
    if !takesLabels, file.hasLabel, chosen.contains(file.count) {
      throw file.unusable(
        "'label' is the class of a line and no column of points: --labels-true, --key-column and "
          + "--point-weights take it, and 'kmeans convert --columns label' writes it")
    }
    let beside = try besidePlaces(in: file)
    let own = beside.isEmpty ? chosen : chosen.filter { !beside.contains($0) }
    guard !own.isEmpty || beside.isEmpty else {
      let others = notChosen
      let what =
        auxiliary.isWeightOptional && auxiliary.weight != nil
        ? "the weights" : "\(others.count == 1 ? "column" : "columns") \(quoted(others))"
      throw file.unusable("no column is left beside \(what)")
    }
    let excluded = try excludedPlaces(in: file)
    let rest = excluded.isEmpty ? own : own.filter { !excluded.contains($0) }
    guard !rest.isEmpty || own.isEmpty else {
      throw file.unusable("\(excludeOption) leaves no column: it takes away \(file.list(own))")
    }
    return rest
  }

  /// The places, from 0, of the columns that the file's contents decide on: they are chosen if they
  /// hold numbers.
  func foundOutColumns(in file: FileColumns) throws(FileError) -> [Int] {
    guard columns.asksContents else { return [] }
    let never = try besidePlaces(in: file).union(excludedPlaces(in: file))
    guard columns != .numeric else { return (0..<file.count).filter { !never.contains($0) } }
    let patterns = columns.patterns(in: file)
    return (file.names ?? []).indices.filter { place in
      !never.contains(place)
        && patterns.contains { $0.pattern.matches(file.names![place]) }
    }
  }

  /// Whether all columns are taken, of a file in which all hold numbers.
  var takesAllColumns: Bool {
    columns == .numeric && notChosen.isEmpty && excluded.isEmpty && leavingOutIfThere.isEmpty
  }

  /// The columns that are named and not among the rows' own, but for the excluded ones.
  var notChosen: [String] { (leavingOut.map { [$0] } ?? []) + auxiliary.names }

  /// Whether the label of each line is asked for, in formats of lines that begin with one.
  var asksLabel: Bool {
    if notChosen.contains(FileColumns.label) { return true }
    guard case .listed(let items) = columns else { return false }
    return items.contains(FileColumns.label)
  }

  /// The numbers, from 1, of the columns that are none of the rows' own, as far as they are not
  /// named.
  var numbersNotChosen: [ClosedRange<Int>] {
    (notChosen + excluded).compactMap { ColumnItem($0).numbers }
  }

  /// The places of the columns that are named and not among the rows' own.
  private func besidePlaces(in file: FileColumns) throws(FileError) -> Set<Int> {
    var places = Set(try auxiliary.places(in: file).all)
    if let leavingOut {
      places.insert(try ColumnSelection.index(of: leavingOut, in: file))
    }
    for name in leavingOutIfThere {
      if let place = try ColumnSelection.existingIndex(of: name, in: file) { places.insert(place) }
    }
    return places
  }

  private func excludedPlaces(in file: FileColumns) throws(FileError) -> Set<Int> {
    var places: Set<Int> = []
    for item in excluded { places.formUnion(try ColumnItem(item).meaning(in: file).places) }
    return places
  }
}
