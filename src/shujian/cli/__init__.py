"""The command line: thin, lazy. Each command calls one room and prints what came back."""

from shujian.cli.chinese import speak_chinese

speak_chinese()
