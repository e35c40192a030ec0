"""The toolbar of LibreOffice: an extension that runs the model on the open document, how it is installed, its child."""
