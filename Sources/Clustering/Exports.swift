// `import Clustering` brings the matrices with it, and the errors of reading or writing a model.
@_exported public import enum KMeansFiles.FileError
@_exported public import KMeansLinearAlgebra
