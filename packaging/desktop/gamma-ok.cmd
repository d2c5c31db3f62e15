@echo off
rem What Windows runs on a double click: the desk, in the browser. It answers until this window is closed.
title gamma-ok
cd /d "%~dp0"
gamma-ok.exe serve
if errorlevel 1 pause
