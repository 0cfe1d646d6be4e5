// What several targets of tests use is there in every file.
@_exported public import KMeansTestSupport
