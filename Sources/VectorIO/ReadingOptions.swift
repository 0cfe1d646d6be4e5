internal import KMeansFiles

/// Options for reading a file; those that are not given are found out from the file.
public struct ReadingOptions: Sendable, Hashable {
  /// The format; `nil` takes it from the file name's extension, or else from the first bytes.
  public var format: VectorFormat?
  /// Whether the first record of a delimited text holds the names of its columns.
  public var header: HeaderRow
  /// The choice of the columns that become the columns of the rows.
  public var columns: ColumnSelection
  /// A column, by name or by number from 1, that is never a column of the rows: one that holds the
  /// answers, say.
  public var leavingOut: String?
  /// Columns that are never columns of the rows, chosen or not, as ``ColumnSelection/listed(_:)``
  /// names them: `["id", "temp_*", "9-"]`. Here a pattern takes columns of text, too.
  public var excluded: [String]
  /// Columns by their names that are never columns of the rows, where a file has them.
  package var leavingOutIfThere: [String] = []
  /// How a delimited text is written, as far as its first lines do not tell it.
  public var text: TextFormat
  /// Columns that are read beside the rows: ``VectorFile/takeAuxiliaryValues()``.
  public var auxiliary: AuxiliaryColumns
  /// The number of values of a row, for formats that do not say it themselves.
  public var dimension: Int?
  /// The index of the first column of a libsvm text, 0 or 1; `nil` takes 0 where it is among the
  /// indices of the file, and 1 elsewhere and of a pipe.
  public var firstIndex: Int?
  /// The array of an npz or safetensors file that is read: its name, without `.npy`. It may be left
  /// out where there is one array only.
  public var array: String?
  /// The treatment of rows that hold other values than finite numbers.
  public var onInvalid: InvalidRows
  /// For each column of the rows what ``InvalidRows/mean`` takes in place of missing values: finite
  /// numbers, such as ``VectorFile/means`` of another file. `nil` learns them from the file, which
  /// is then read once more.
  public var means: [Double]?
  /// Whether a model that the rows go to knows no such means, so that none can be taken.
  package var meansAreMissing = false
  /// Whether rows whose values are all zero are invalid, too, as they are for the cosine distance;
  /// only where invalid rows are skipped.
  public var skipsZeroRows: Bool
  /// Whether a text without any row is a file of no rows instead of an error. Without a header,
  /// ``VectorFileInfo/columns`` is then 0. With a header alone, it is unknown which columns would
  /// hold numbers: all are taken to, and ``VectorFileInfo/rows`` is 0.
  public var allowsNoRows: Bool
  /// Whether the first 1,000 records of a delimited text are awaited, from a pipe, too, before it
  /// is decided which columns hold numbers. If not, a pipe gives its rows as they come: its columns
  /// are decided by the first row, and by further ones only until each column has shown another
  /// value than a missing number.
  public var awaitsSample: Bool
  /// Whether the rows go into a ``SparseMatrix``: then it is no error that those of a sparse format
  /// would not fit into memory as dense ones, unless they are read so all the same.
  public var isSparse: Bool
  /// The largest magnitude of a value of a row that is kept, where invalid rows are skipped.
  package var largestValue = Double.infinity
  /// How many invalid rows may be skipped; more are an error. `nil` for any number. Where means are
  /// taken for missing values, rows that are invalid in another way are skipped only with it.
  package var mostInvalid: InvalidRowLimit?
  /// Whether the file is one of several whose rows that are left out are counted together.
  package var isOneOfSeveral = false
  /// The format of a file whose name and first bytes do not tell it; `nil` for csv.
  package var fallbackFormat: VectorFormat?
  /// Whether the only record of a file, if it is all text, is a row; otherwise it is taken for a
  /// header, and there are no rows.
  package var isLoneTextRow = false
  /// Whether messages name the options of the command line that would help.
  package var namesOptions = false
  /// What another file says of the style of the text, where this one does not tell it.
  package var rememberedText: TextFormat?
  /// Whether ``InvalidRows/mean`` leaves NaN in place of missing values, for a caller who fills
  /// them in.
  package var leavesMissing = false
  /// Whether the label of a line can be a column of the rows.
  package var takesLabels = true
  /// Whether the labels of lines of libsvm are kept as texts, the keys of their rows.
  package var keepsLineLabels = false
  /// The number of values of a row of libsvm where ``dimension`` says nothing: that of the points
  /// that the rows go with.
  package var knownDimension: Int?
  /// The file that said the dimension, the first index and the names of columns, for messages.
  package var expectedSource: String?

  /// Options, all with a default.
  public init(
    format: VectorFormat? = nil, header: HeaderRow = .auto, columns: ColumnSelection = .numeric,
    leavingOut: String? = nil, excluded: [String] = [], text: TextFormat = TextFormat(),
    auxiliary: AuxiliaryColumns = AuxiliaryColumns(),
    dimension: Int? = nil,
    firstIndex: Int? = nil, array: String? = nil, onInvalid: InvalidRows = .error,
    means: [Double]? = nil, skipsZeroRows: Bool = false, allowsNoRows: Bool = false,
    awaitsSample: Bool = true, isSparse: Bool = false
  ) {
    self.format = format
    self.header = header
    self.columns = columns
    self.leavingOut = leavingOut
    self.excluded = excluded
    self.text = text
    self.auxiliary = auxiliary
    self.dimension = dimension
    self.firstIndex = firstIndex
    self.array = array
    self.onInvalid = onInvalid
    self.means = means
    self.skipsZeroRows = skipsZeroRows
    self.allowsNoRows = allowsNoRows
    self.awaitsSample = awaitsSample
    self.isSparse = isSparse
  }
}

extension ReadingOptions {
  /// Whether malformed rows are left out: where missing values are filled in, only up to a number.
  package var leavesOut: Bool { onInvalid == .skip || onInvalid == .mean && mostInvalid != nil }

  /// What becomes of malformed records.
  ///
  /// - Parameter fields: the number of fields of a record, where its format has fields.
  func faultRule(fields: Int? = nil) -> RecordScanner.FaultRule {
    leavesOut ? .handOut(fields: fields) : .refuse(hint: skippingHint)
  }

  /// The lines of a text, malformed ones included where they are left out.
  func lines(of input: InputBuffer) -> RecordScanner {
    var scanner = RecordScanner(lines: input)
    scanner.faultRule = faultRule()
    return scanner
  }
}

// Advice in messages, in the words of the command line where that asks for them: a program sets
// options by their names in ``ReadingOptions``, and needs no words for that.

extension ReadingOptions {
  /// The advice behind a value that is no number.
  var skippingHint: String {
    namesOptions && !leavesOut ? " (\(skippingOption))" : ""
  }

  /// The option that leaves rows out.
  private var skippingOption: String {
    "\(onInvalid == .mean ? "--max-bad-rows N" : "--on-invalid skip") leaves such rows out"
  }

  /// The advice behind a missing value.
  var missingHint: String {
    guard namesOptions, onInvalid == .error else { return "" }
    if meansAreMissing { return " (\(skippingOption))" }
    return means == nil
      ? " (\(skippingOption), --on-invalid mean takes the column's mean)"
      : " (--on-invalid mean fills it with the mean that the model holds, \(skippingOption))"
  }

  /// The advice behind a value of a file of numbers that is no finite one: only NaN is missing.
  var notFiniteHint: String {
    guard namesOptions, onInvalid != .skip else { return "" }
    if onInvalid == .mean || meansAreMissing { return leavesOut ? "" : "; \(skippingOption)" }
    return means == nil
      ? "; \(skippingOption), --on-invalid mean takes the column's mean for NaN"
      : "; --on-invalid mean fills NaN with the mean that the model holds, \(skippingOption)"
  }

  /// The advice behind a number with a point where a model, or a file before, has decimal commas.
  var rememberedCommaHint: String {
    namesOptions
      ? " (the model or the first file has decimal commas; --decimal . reads points)" : ""
  }

  /// The advice behind a number that a float cannot hold.
  var precisionHint: String { namesOptions ? " (--precision double holds it)" : "" }

  /// The advice behind a column in which numbers and texts are mixed.
  ///
  /// - Parameter column: its name, or its number.
  func mixedColumnHint(_ column: String) -> String {
    namesOptions
      ? "; \(skippingOption), --exclude \(column) leaves the column out" : ""
  }

  /// The advice on a line that looks like a comment.
  ///
  /// - Parameter mark: what it begins with.
  func commentHint(_ mark: String) -> String {
    namesOptions
      ? "--comment '\(mark)' passes such lines over" : "TextFormat.comment passes such lines over"
  }

  /// The end of a note on a delimiter that was found.
  var delimiterHint: String { namesOptions ? " (--delimiter names others)" : "" }

  /// The advice on numbers with decimal commas.
  var decimalHint: String { namesOptions ? "; --decimal , reads decimal commas" : "" }

  /// The option that leaves columns out.
  var excludeOption: String { namesOptions ? "--exclude" : "ReadingOptions.excluded" }

  /// The advice behind a first record that may be a header or a row.
  var headerHint: String {
    namesOptions
      ? "--header yes takes the line for names, --header no for a row"
      : "expected ReadingOptions.header to say whether it holds names"
  }

  /// The option that takes a first record for names.
  var headerYes: String { namesOptions ? "--header yes" : "ReadingOptions.header" }

  /// The advice behind an index of libsvm that is out of range.
  var indexHint: String {
    guard let expectedSource else { return "" }
    let columns = dimension.map { ", where a row has \($0) \($0 == 1 ? "value" : "values")" } ?? ""
    let first = firstIndex.map { " and indices count from \($0)" } ?? ""
    return " as in \(expectedSource)\(columns)\(first)"
  }

  /// The advice behind an index of libsvm that makes rows too long for the memory.
  var indexSizeHint: String {
    guard namesOptions else { return "" }
    let skipping = onInvalid == .error ? ", and with --on-invalid skip leaves them out" : ""
    return "; --dimension D refuses rows with indices beyond D\(skipping)"
  }

  /// The option that gives the number of values of a row.
  var dimensionHint: String { namesOptions ? "expected --dimension D" : "give a dimension" }

  /// The option that names an array.
  var arrayHint: String { namesOptions ? "--array NAME" : "the option array" }
}
