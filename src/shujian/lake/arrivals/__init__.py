"""How data arrives other than by naming a file: folders of documents, SQL, watched folders, web pages, scans."""
