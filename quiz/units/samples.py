"""A file of units to start from: a province, two communes, a hamlet in one of them. Pure."""

UNITS = (
    "\ufeffmã,mã cấp trên,tên,loại,tổng số người,tên ngắn,khối\r\n"
    "014,,Tỉnh mẫu,tỉnh,,,\r\n"
    "0141,014,Xã Một,xã,120,,Xã\r\n"
    "0142,014,Phường Hai,phường,85,,Phường\r\n"
    "01411,0141,Bản Ba,bản,30,,\r\n"
)
